/** How a worker that computes hears what else is asked of it. */

/** Lets messages in. A message channel does not wait four milliseconds as nested timers do. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
}
