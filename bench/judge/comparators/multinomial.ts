/** How strongly a Dirichlet prior holds on to the shares that are expected. */
const CONCENTRATION = 100;

/**
 * The sequential test of Lindon and Malek (2022) for counts in categories: the evidence that they don't come in the
 * expected shares. Each event multiplies it by what the Dirichlet-multinomial predicted for its category over what was
 * expected. Returns ln of the evidence after the event.
 */
export function multinomialEvidence(expected: readonly number[]) {
  const counts = expected.map(() => 0);
  let events = 0;
  let ln = 0;
  return (category: number): number => {
    const share = expected[category] ?? 0;
    const count = counts[category] ?? 0;
    const predicted = (CONCENTRATION * share + count) / (CONCENTRATION + events);
    ln += Math.log(predicted / share);
    counts[category] = count + 1;
    events += 1;
    return ln;
  };
}
