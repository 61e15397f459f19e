import { createHash } from 'node:crypto';
import * as z from 'zod';
import { platformCounts, platformsInOrder } from './platform-order.js';

/** A core device of the target, as the order sees it; `platform` is `linux/aarch64`. */
export const Member = z.strictObject({ thing: z.string(), platform: z.string() });
export type Member = z.infer<typeof Member>;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/**
 * The order of admission: the same for the same rollout and members, whatever order these come in, and another one for
 * another rollout. Every platform is spread evenly over it, so that a canary sees its share of each.
 */
export function admissionOrder(rolloutId: string, members: readonly Member[]): Member[] {
  const hashed = members
    .map((member) => ({
      member,
      hash: createHash('sha256').update(`${rolloutId}\n${member.thing}`).digest('hex'),
    }))
    .sort((a, b) => byText(a.hash, b.hash));
  const waiting = new Map<string, Member[]>();
  for (const { member } of hashed) {
    const ofPlatform = waiting.get(member.platform);
    if (ofPlatform) ofPlatform.push(member);
    else waiting.set(member.platform, [member]);
  }
  const queues = new Map([...waiting].map(([platform, of]) => [platform, of.values()]));
  const platformAt = platformsInOrder(platformCounts(members));
  return members.flatMap((_, rank) => {
    const { value } = queues.get(platformAt(rank) ?? '')?.next() ?? {};
    return value ? [value] : [];
  });
}
