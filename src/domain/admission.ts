import { InvalidPayloadError } from './errors.js';
import type { Phase, Rollout } from './rollout.js';
import { isThing, shortTarget } from './target.js';
import {
  allowance,
  answeredExecutions,
  currentWave,
  waveSize,
  youngAdmissions,
  type SkippedRank,
} from './wave.js';

/**
 * Ranks that one step hands out at most: one call each, of which IoT takes 100 a second, so that a step stays well within the
 * five minutes of its function. The next look admits more.
 */
export const LARGEST_ADMISSION = 500;

/** Why a device is skipped that is no member of the target any more: it isn't ineligible. */
export const LEFT = 'it has left the target';

const WAVE_PHASES: readonly Phase[] = [
  'Planned',
  'Running',
  'Baking',
  'AwaitingApproval',
  'Paused',
  'Held',
];

/** Throws InvalidPayloadError where a rollout isn't in its waves: nobody is admitted or judged once it is taken back or has ended. */
export function refuseOutsideWaves({ rolloutId, phase }: Rollout): void {
  if (!WAVE_PHASES.includes(phase))
    throw new InvalidPayloadError(`rollout ${rolloutId} is past its waves: it is ${phase}`);
}

/** Ranks whose devices could still be handed out in this wave: its own, and those of the next if it extends. */
export const ranksInReach = ({ waves }: Pick<Rollout, 'waves'>, wave: number): number =>
  (waves[wave + 1] ?? waves[wave])?.size ?? 0;

/** Whether `wave` has yet to begin: its membership is to be read again. */
export const isNewWave = ({ phase, wave: current }: Rollout, wave: number) =>
  phase === 'Planned' || current < wave;

/**
 * The rollout at the beginning of a wave. `left`: members that have left the target since planning; those whose rank is still to
 * be handed out will be skipped.
 */
export const beginWave = (
  { waveAdmittedAt: _admitted, bakeEndsAt: _bake, ...rollout }: Rollout,
  wave: number,
  left: readonly { rank: number; thing: string }[],
  at: string,
): Rollout => ({
  ...rollout,
  phase: 'Running',
  phaseSince: at,
  wave,
  extendedBy: 0,
  evidence: {
    ...rollout.evidence,
    waveStarts: wave === 0 ? [] : [...rollout.evidence.waveStarts, rollout.admitted],
  },
  left: left
    .filter(({ rank }) => rank >= rollout.admitted)
    .map(({ rank, thing }) => ({ rank, thing, reason: LEFT })),
  answeredBefore: answeredExecutions(rollout.counts),
});

/**
 * The rollout with as many ranks handed out as the evidence allows now. They are reserved before the first device is
 * admitted, and stay in `admitting` until the last one is: a step that dies in between admits the same ones again.
 */
export function reserve(rollout: Rollout, at: number): Rollout {
  if (rollout.admitting) return rollout;
  const size = waveSize(rollout);
  const devices = Math.min(allowance(rollout, at), LARGEST_ADMISSION);
  if (devices === 0) return rollout;
  const to = rollout.admitted + devices;
  return {
    ...rollout,
    admitting: { from: rollout.admitted, to },
    admitted: to,
    admissions: [...youngAdmissions(rollout, at), { at, devices }],
    ...(to === size && { waveAdmittedAt: at }),
  };
}

/** The rollout once the reserved devices are admitted, less those that have left or that the registry refused. */
export function admitted(
  { admitting, ...rollout }: Rollout,
  refused: readonly SkippedRank[],
): Rollout {
  const isReserved = ({ rank }: SkippedRank) =>
    admitting !== undefined && rank >= admitting.from && rank < admitting.to;
  return {
    ...rollout,
    left: rollout.left.filter((skip) => !isReserved(skip)),
    skipped: [...rollout.skipped, ...rollout.left.filter(isReserved), ...refused],
  };
}

const deliveryNews = ({ targetArn, targetDeploymentId, baseline }: Rollout) => ({
  what: `${shortTarget(targetArn)} gets the release: ${targetDeploymentId} is its new revision`,
  why: `it replaces ${baseline?.deploymentId ?? 'nothing'}`,
});

/** What a person reads of an admission: `before` with the reserved ranks, `after` once they are admitted. */
export function admissionNews(before: Rollout, after: Rollout): { what: string; why: string } {
  if (isThing(after.targetArn)) return deliveryNews(after);
  const { from, to } = before.admitting ?? { from: after.admitted, to: after.admitted };
  const skipped = after.skipped.slice(before.skipped.length);
  const wave = currentWave(after).name;
  const ranks = `ranks ${from + 1} to ${to}`;
  return {
    what: `admitted ${to - from - skipped.length} devices to wave ${wave}: ${ranks}`,
    why:
      skipped.length > 0
        ? `skipped: ${skipped.map(({ thing, reason }) => `${thing} (${reason})`).join(', ')}`
        : `${after.file.strategy.maxInFlight} may be in flight`,
  };
}
