import type { Member } from './admission-order.js';
import { foldOf, touchedPlaces } from './deployment-document.js';
import type { DeploymentDocument } from './deployment-document.js';
import { pointerOf, valueAt } from './json-pointer.js';
import type { Membership } from './membership.js';
import type { RolloutFile } from './rollout-file.js';
import { percentDown, sizeOf, sizeText } from './wave.js';
import type { Wave } from './wave.js';

interface Planned {
  readonly file: RolloutFile;
  readonly members: Membership;
  readonly order: readonly Member[];
  readonly waves: readonly Wave[];
}

/** Configuration that a revert can only reset, because no revision has ever set it. */
export function neverSet(file: RolloutFile, revisions: readonly DeploymentDocument[]): string[] {
  return Object.entries(file.release.components).flatMap(([name, change]) => {
    if (change === 'remove' || revisions.at(-1)?.components[name] === undefined) return [];
    const fold = foldOf(name, revisions);
    const places = touchedPlaces(change, fold).filter((keys) => valueAt(fold, keys) === undefined);
    if (places.length === 0) return [];
    const pointers = places.map((keys) => pointerOf(keys) || '(all)').join(', ');
    return [
      `${name}: no revision ever set ${pointers}: going back resets it to the recipe's default, and what a device set there itself is lost`,
    ];
  });
}

/** Written waves whose size isn't what it seems: rounded up, or merged into the wave before. */
function rounding({ file, order }: Planned): string[] {
  let before = 0;
  return file.strategy.waves.flatMap((wave) => {
    const size = Math.min(order.length, sizeOf(wave, order.length));
    const last = before;
    before = Math.max(before, size);
    const name = wave.name ?? sizeText(wave);
    if (size <= last)
      return [
        `wave ${name}: ${sizeText(wave)} of ${order.length} devices adds none to the ${last} before it: left out, the wave before takes the longer bake`,
      ];
    const exact = ((wave.percent ?? 100) * order.length) / 100;
    return wave.percent === undefined || Math.abs(exact - size) < 1e-6
      ? []
      : [`wave ${name}: ${wave.percent} % of ${order.length} devices is rounded up to ${size}`];
  });
}

function strictness({ file, waves }: Planned): string[] {
  const { maxFailurePercent: percent } = file.strategy.health;
  const strict = waves.filter(({ size }) => percentDown(percent, size) === 0);
  const names = strict.map(({ name, size }) => `${name} (${size})`).join(', ');
  return strict.length === 0
    ? []
    : [
        `wave ${names}: ${percent} % of its devices is 0: a single failure keeps it from passing on its own`,
      ];
}

/** Platforms that the canary says nothing about. */
function unseenPlatforms({ order, waves }: Planned): string[] {
  const canary = waves[0]?.size ?? 0;
  const seen = new Set(order.slice(0, canary).map(({ platform }) => platform));
  const unseen = [...new Set(order.map(({ platform }) => platform))].filter(
    (platform) => !seen.has(platform),
  );
  return unseen.length === 0
    ? []
    : [`wave ${waves[0]?.name}: none of its devices is a ${unseen.join(', ')}`];
}

function left({ members }: Planned): string[] {
  const { ineligible, unheard, notCoreDevices } = members;
  return [
    ineligible.length > 0 &&
      `${ineligible.length} devices are ineligible: only the promotion of the target reaches them`,
    unheard.length > 0 &&
      `${unheard.length} devices are unhealthy or unheard of: they have no rank and come last`,
    notCoreDevices.length > 0 &&
      `${notCoreDevices.length} things of the target are no core devices: left out`,
  ].filter((line) => line !== false);
}

/** What a person is told before a rollout to a group starts: what it can't promise, and where a number isn't what it seems. */
export function groupWarnings(planned: Planned): string[] {
  return [rounding, strictness, unseenPlatforms, left].flatMap((warn) => warn(planned));
}
