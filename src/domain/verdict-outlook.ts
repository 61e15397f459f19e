import * as z from 'zod';
import { evidenceText } from './evidence-text.js';
import { failureRateInterval } from './judge/failure-rate-interval.js';
import { promoteEvidence } from './judge/promote-evidence.js';
import type { Health } from './rollout-file.js';
import { failuresToAbort, withOneFewer } from './signal-evidence.js';
import type { Judged, SignalEvidence } from './signal-evidence.js';
import { percentDown } from './wave.js';
import type { WaveNumbers } from './wave.js';

/** Continue: keep looking. Promote: the wave has passed. Hold: the evidence decides neither way and nothing more will come. */
export const Verdict = z.enum(['Continue', 'Promote', 'Abort', 'Hold']);
export type Verdict = z.infer<typeof Verdict>;

/** How far a verdict is from others: what a person needs to check it. */
export const Outlook = z.strictObject({
  /** The two closest other verdicts, each with the comparison that decides against it. */
  alternatives: z.array(z.strictObject({ verdict: Verdict, why: z.string() })),
  /** What would change the verdict. */
  wouldChange: z.array(z.string()),
  /** An interval for the true failure rate that holds at every look; none where nothing has started. */
  failureRate: z.strictObject({ lower: z.number(), upper: z.number() }).optional(),
});
export type Outlook = z.infer<typeof Outlook>;

/** A verdict on a wave with what it was made from. */
export interface Decided {
  readonly verdict: Verdict;
  readonly judged: Judged & { readonly admitted: number };
  readonly numbers: WaveNumbers;
  readonly evidence: SignalEvidence;
}

const devices = (number: number, what: string) =>
  `${number} more ${what}${number === 1 ? '' : 's'}`;

const nouns = { deployment: 'failure', health: 'UNHEALTHY device', component: 'broken device' };

function limitText({ answered, failed }: WaveNumbers, { maxFailurePercent: percent }: Health) {
  const mayFail = percentDown(percent, answered);
  return `failed (${failed}) ${failed <= mayFail ? '<=' : '>'} ${percent} % of ${answered} answered = ${mayFail}`;
}

function alternativesOf({ verdict, judged, numbers, evidence }: Decided): Outlook['alternatives'] {
  const { health } = judged.file.strategy;
  const limit = limitText(numbers, health);
  const abort = { verdict: 'Abort' as const, why: evidenceText(evidence) };
  const isWithin = numbers.failed <= percentDown(health.maxFailurePercent, numbers.answered);
  if (verdict === 'Abort') {
    const fewer = withOneFewer(judged, evidence.signal);
    const why = `with one ${nouns[evidence.signal]} fewer: ${evidenceText(fewer)}`;
    // An abort may rest on earlier failures than the last one.
    const goOn = fewer.aborts ? [] : [{ verdict: 'Continue' as const, why }];
    return [...goOn, { verdict: 'Promote', why: limit }];
  }
  if (verdict === 'Promote') return [{ verdict: 'Hold', why: limit }, abort];
  if (verdict === 'Hold') return [{ verdict: 'Promote', why: limit }, abort];
  return [
    abort,
    { verdict: isWithin ? 'Promote' : 'Hold', why: `${limit}, once it has settled and baked` },
  ];
}

/** How many more failures abort. */
function abortLine({ judged, evidence }: Decided): string[] {
  const found = failuresToAbort(judged, evidence);
  if (!found) return [];
  const failures = devices(found.failures, nouns[evidence.signal]);
  return [
    found.among === undefined
      ? `${failures}, whichever of those started, would abort`
      : `${failures} among the next ${found.among} started would abort`,
  ];
}

/** The fewest successes that bring so many failures within the limit. */
function successesWithin({ answered, failed }: WaveNumbers, percent: number): number | undefined {
  if (percent <= 0) return undefined;
  let toAnswer = Math.max(answered, Math.floor((failed * 100) / percent));
  while (percentDown(percent, toAnswer) < failed) toAnswer += 1;
  return toAnswer - answered;
}

function limitLine({ numbers, judged }: Decided): string[] {
  const { maxFailurePercent: percent } = judged.file.strategy.health;
  const mayFail = percentDown(percent, numbers.answered);
  if (numbers.failed <= mayFail)
    return [`${devices(mayFail + 1 - numbers.failed, 'failure')} would put it over the limit`];
  const needed = successesWithin(numbers, percent);
  return needed === undefined
    ? []
    : [`${needed} more success${needed === 1 ? '' : 'es'} would bring it within the limit`];
}

function proofLine({ numbers, judged }: Decided): string[] {
  const { maxFailurePercent, falsePromoteRisk } = judged.file.strategy.health;
  const { answered, pending } = numbers;
  const { cleanDevicesNeeded: needed, proves } = promoteEvidence({
    failed: Math.min(numbers.failed, answered),
    answered,
    pending,
    limit: maxFailurePercent / 100,
    risk: falsePromoteRisk,
  });
  if (proves || needed === undefined) return [];
  return [`${needed} more success${needed === 1 ? '' : 'es'} in a row would prove it`];
}

/** How far a verdict on a wave is from the others, and what would change it. */
export function outlookOf(decided: Decided): Outlook {
  const { verdict, judged, numbers } = decided;
  const exposed = numbers.answered + numbers.pending;
  const failed = Math.min(numbers.failed, exposed);
  const risk = judged.file.strategy.health.falseAbortRisk;
  return {
    alternatives: alternativesOf(decided),
    wouldChange:
      verdict === 'Abort'
        ? ['nothing: what has failed stays failed, whatever comes']
        : [...abortLine(decided), ...limitLine(decided), ...proofLine(decided)],
    ...(exposed > 0 && {
      failureRate: failureRateInterval({
        failed,
        exposed,
        pending: Math.min(numbers.pending, exposed - failed),
        risk,
      }),
    }),
  };
}
