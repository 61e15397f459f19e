/** Failures among the devices of each arm. */
export interface Arms {
  readonly canary: { readonly failed: number; readonly devices: number };
  readonly control: { readonly failed: number; readonly devices: number };
}

/** The pooled z of two proportions; 0 where all devices do the same, as nothing can be said then. */
export function pooledZ({ canary, control }: Arms): number {
  const pooled = (canary.failed + control.failed) / (canary.devices + control.devices);
  const variance = pooled * (1 - pooled) * (1 / canary.devices + 1 / control.devices);
  const difference = canary.failed / canary.devices - control.failed / control.devices;
  return variance === 0 ? 0 : difference / Math.sqrt(variance);
}
