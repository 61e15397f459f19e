import * as z from 'zod';

/** How many devices with a rank have this platform, `linux/aarch64` for example. */
export const PlatformCount = z.strictObject({ platform: z.string(), devices: z.number() });
export type PlatformCount = z.infer<typeof PlatformCount>;

/** How many there are of each platform, in the order of their names. */
export function platformCounts(members: readonly { readonly platform: string }[]): PlatformCount[] {
  const counts = new Map<string, number>();
  for (const { platform } of members) counts.set(platform, (counts.get(platform) ?? 0) + 1);
  return [...counts]
    .map(([platform, devices]) => ({ platform, devices }))
    .sort((one, other) => (one.platform < other.platform ? -1 : 1));
}

/**
 * The platform of each rank, counted from 0; undefined beyond the last. Every platform is spread evenly over all ranks, and where
 * two are due the first by name comes first: so it follows from the counts alone, and no look has to read the order of admission.
 */
export function platformsInOrder(
  counts: readonly PlatformCount[],
): (rank: number) => string | undefined {
  const open = counts.map(({ platform, devices }) => ({ platform, devices, given: 0 }));
  const order: string[] = [];
  const due = ({ given, devices }: (typeof open)[number]) => (given + 0.5) / devices;
  return (rank) => {
    while (order.length <= rank) {
      let [next] = open;
      for (const one of open) if (!next || due(one) < due(next)) next = one;
      if (!next || due(next) >= 1) return undefined;
      next.given += 1;
      order.push(next.platform);
    }
    return order[rank];
  };
}
