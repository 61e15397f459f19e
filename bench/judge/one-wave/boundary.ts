/**
 * When a judge that goes by the number of failures alone ends a wave whose devices answer one by one. Index 0 is the
 * first device.
 */
export interface Boundary {
  /** The fewest failures with which it aborts after each device; Infinity where it doesn't look. */
  readonly abortAt: readonly number[];
  /** The most failures with which it ends the watch in the release's favour; -Infinity where it doesn't. */
  readonly acceptAt: readonly number[];
}

/** Whether it aborts with k failures among n devices: the more failures the more so. */
export type Rule = (k: number, n: number) => boolean;

const fewest = (from: number, n: number, aborts: Rule): number => {
  for (let k = from; k <= n; k += 1) if (aborts(k, n)) return k;
  return Infinity;
};

const never = (devices: number) => Array.from({ length: devices }, () => -Infinity);

/** The boundary of a rule that is asked after every device, and that wants no fewer failures when there are more devices. */
export function atEveryDevice(devices: number, aborts: Rule): Boundary {
  let from = 0;
  const abortAt = Array.from({ length: devices }, (_, i) => {
    const k = fewest(from, i + 1, aborts);
    if (k < Infinity) from = k;
    return k;
  });
  return { abortAt, acceptAt: never(devices) };
}

/** The boundary of a rule that is asked `looks` times, at even distances; it is told at which of them. */
export function atLooks(
  devices: number,
  looks: number,
  aborts: (k: number, n: number, look: number) => boolean,
): Boundary {
  const abortAt = Array.from({ length: devices }, () => Infinity);
  for (let look = 1; look <= looks; look += 1) {
    const n = Math.ceil((look * devices) / looks);
    abortAt[n - 1] = fewest(0, n, (k) => aborts(k, n, look));
  }
  return { abortAt, acceptAt: never(devices) };
}

/** The same boundary, and it also ends the watch with as many failures as the rule still accepts. */
export function accepting(boundary: Boundary, accepts: Rule): Boundary {
  let most = -1;
  const acceptAt = boundary.abortAt.map((_, i) => {
    while (accepts(most + 1, i + 1)) most += 1;
    return most;
  });
  return { ...boundary, acceptAt };
}
