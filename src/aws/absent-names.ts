/** Names that weren't there when they were last asked for, remembered so long and so many; the oldest is forgotten first. */
export function rememberAbsent({ keptMs, most }: { keptMs: number; most: number }) {
  const until = new Map<string, number>();
  return {
    /** Whether a name was noted so lately that it isn't asked for again; `at` in epoch milliseconds. */
    isAbsent: (name: string, at: number): boolean => (until.get(name) ?? at) > at,

    note(name: string, at: number): void {
      until.delete(name);
      until.set(name, at + keptMs);
      const [oldest] = until.keys();
      if (until.size > most && oldest !== undefined) until.delete(oldest);
    },
  };
}
