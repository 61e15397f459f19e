/** Tells on stderr how many of the worlds, or what else there is, are done, about twenty times in all, and how long the rest will take. */
export function tellProgress(total: number, noun = 'worlds') {
  const start = performance.now();
  const every = Math.max(1, Math.floor(total / 20));
  let done = 0;
  return (what: string): void => {
    done += 1;
    if (done % every !== 0 && done !== total) return;
    const seconds = (performance.now() - start) / 1000;
    const left = Math.round((seconds / done) * (total - done));
    process.stderr.write(`${done} of ${total} ${noun}, ${left} s left (${what})\n`);
  };
}
