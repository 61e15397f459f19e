/** A time, in epoch milliseconds, as AWS writes it in text: ISO 8601, in whole seconds of UTC. */
export const isoTime = (time: number): string =>
  new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
