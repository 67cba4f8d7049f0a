// Names that the build replaces by a value (see `define` in vite.config.ts and vite.cli.config.ts).

/** The version in package.json, for example "0.1.0". */
declare const __EVENKEEL_VERSION__: string
