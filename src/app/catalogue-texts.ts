/** The files of scenarios/, by name; apart, since the page does not wait for them. */

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export const TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FILES).map(([path, text]) => [/([^/]+)\.yaml$/.exec(path)?.[1] ?? path, text]),
)
