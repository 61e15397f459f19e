/** How often the demonstration itself asks whether a rollout is over depends on this machine's speed. */
const OWN_CALL = 'StepFunctions.DescribeExecution';

/** Calls by service, out of those by operation. */
export function perService(calls: Readonly<Record<string, number>>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, number] of Object.entries(calls)) {
    if (name === OWN_CALL) continue;
    const [service = name] = name.split('.');
    sums[service] = (sums[service] ?? 0) + number;
  }
  return sums;
}
