/** Arrivals read from an access log: the records in order of time, wherever they are kept. */

/** One request as the log recorded it. Reused by the reader: copy what you keep. */
export interface LogRecord {
  /** ns since the log's first record, after spreading and speed. Never falls. */
  at: number
  /** The client's address: an IPv4 as its 32-bit number, anything else hashed to 32 bits. */
  address: number
  /** The request target (path without query) hashed to 32 bits. */
  key: number
  /** Response size in bytes; 0 where the log says "-". */
  size: number
}

/** Reads records by their number; forward is cheap, back may mean reading again from the start. */
export interface LogSource {
  /** Accepted records. */
  readonly count: number
  /** `at` of the last record; 0 for an empty log. */
  readonly end: number
  /** Fills `into` with record `index`; false when there is none. */
  read(index: number, into: LogRecord): boolean
}
