import type { AuditEvent } from '../src/domain/audit-event.js';
import { evidenceNumber, evidenceOrigin, thresholdNumber } from '../src/domain/evidence-text.js';
import { statusOf } from '../src/domain/rollout-status.js';
import type { Rollout } from '../src/domain/rollout.js';
import { shortTarget } from '../src/domain/target.js';
import type { Snapshot } from './follow.js';
import { isRoutine, newEvents } from './history.js';
import { count, dateAndTime, paint, spell, timestamp } from './output.js';
import type { Paint } from './output.js';
import { paintPhase } from './phases.js';
import { targetNumbers, waveBars } from './wave-bars.js';

const EVENTS_SHOWN = 6;
const FAILURES_SHOWN = 3;

/** The cloud's time as the table tells it: of the last look, the last event, the start. In epoch milliseconds. */
function cloudTime({ rollout, events }: Snapshot): number {
  const last = events.at(-1);
  const times = [
    Date.parse(rollout.startedAt),
    rollout.lookAt ?? 0,
    last ? Date.parse(last.at) : 0,
  ];
  return Math.max(...times);
}

/** The numbers of the waves; of the target once it has been looked at. */
function numbersLine(rollout: Rollout): string {
  const target = targetNumbers(rollout);
  const { succeeded, failed, pending, queued } = target ?? statusOf(rollout);
  const first = target
    ? `target: devices ${target.devices}`
    : `admitted ${statusOf(rollout).admitted}`;
  return `${first}, succeeded ${succeeded}, failed ${failed}, pending ${pending}, queued ${queued}`;
}

const eventLine = ({ at, step, what, why }: AuditEvent): string =>
  `${dateAndTime(at)}  ${step}: ${what}${why ? ` (${why})` : ''}`;

const decisions = (events: readonly AuditEvent[]) => events.filter((event) => !isRoutine(event));

function headLines(rollout: Rollout, now: number, colour: Paint): string[] {
  const since = (now - Date.parse(rollout.startedAt)) / 1000;
  const apart = [
    ...(rollout.unheard > 0 ? [`${rollout.unheard} unhealthy or unheard of come last`] : []),
    ...(rollout.ineligible > 0 ? [`${rollout.ineligible} ineligible`] : []),
  ];
  const devices = `${count(rollout.ranked, 'device')} in ${count(rollout.waves.length, 'wave')}`;
  return [
    `${colour('bold', rollout.rolloutId)}  ${paintPhase(rollout.phase, colour)}  ${timestamp(now)}, ${spell(since)} after the start`,
    [shortTarget(rollout.targetArn), devices, ...apart].join(', '),
  ];
}

function reasonLine({ endReason, judgement }: Rollout): string[] {
  if (endReason !== undefined) return [endReason];
  return judgement ? [`Judge: ${judgement.verdict}: ${judgement.reason}`] : [];
}

/** The evidence against the release, of the whole rollout, beside what it takes to abort. */
function evidenceLine({ judgement }: Rollout, colour: Paint): string[] {
  const found = judgement?.evidence;
  if (!found) return [];
  const { evidence, threshold, at, aborts, signal } = found;
  const of = signal === 'deployment' ? '' : ` of ${signal}`;
  const numbers = `${evidenceNumber(evidence)}, aborts at ${thresholdNumber(threshold)}`;
  const by = at.failed > 0 ? `: ${evidenceOrigin(found)}` : '';
  return [`Evidence${of}: ${colour(aborts ? 'red' : 'bold', numbers)}${by}`];
}

const percentText = (rate: number) => `${Number((rate * 100).toPrecision(2))} %`;

/** The verdicts that are closest, and what would change the one that is. None once the rollout has ended. */
function outlookLines({ judgement, endReason }: Rollout, colour: Paint): string[] {
  if (!judgement || endReason !== undefined) return [];
  const { alternatives, wouldChange, failureRate } = judgement;
  const rate =
    failureRate && `${percentText(failureRate.lower)} to ${percentText(failureRate.upper)}`;
  const closest = alternatives.map(({ verdict, why }) => `${verdict}: ${why}`).join('; ');
  return [
    ...(closest ? [colour('dim', `  closest: ${closest}`)] : []),
    ...wouldChange.map((what) => colour('dim', `  ${what}`)),
    ...(rate ? [colour('dim', `  failure rate: ${rate}`)] : []),
  ];
}

/** How many failures say nothing of the release. */
const apartLine = ({ evidence: { apart } }: Rollout): string[] =>
  apart.length === 0 ? [] : [`Apart, not by the release: ${count(apart.length, 'device')}`];

const NAMES_SHOWN = 5;

/** What has become of the devices that got a release that is taken back. */
function returnLines({ hit, returned, stragglers }: Rollout, colour: Paint): string[] {
  const more = stragglers.length - NAMES_SHOWN;
  const names = [...stragglers.slice(0, NAMES_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
  return [
    ...(hit > 0 ? [`Taken back: ${returned} of ${count(hit, 'device')} that got it`] : []),
    ...(names.length > 0 ? [`${colour('yellow', 'Stragglers')}: ${names.join(', ')}`] : []),
  ];
}

/** A rollout as a person watches it: waves as bars, the numbers, the judge's last word with its evidence, who is
 * back and who is not, the last of its history. */
export function watchView(snapshot: Snapshot, hasColour: boolean): string[] {
  const { rollout, events } = snapshot;
  const colour = paint(hasColour);
  const failures = rollout.failures
    .slice(0, FAILURES_SHOWN)
    .map(({ thing, status, why, apart }) => {
      const cause = apart ? ` (apart: ${apart})` : '';
      return `  ${colour('red', status)}  ${thing}${cause}: ${why}`;
    });
  return [
    ...headLines(rollout, cloudTime(snapshot), colour),
    '',
    ...waveBars(rollout, colour),
    '',
    numbersLine(rollout),
    ...reasonLine(rollout),
    ...evidenceLine(rollout, colour),
    ...outlookLines(rollout, colour),
    ...apartLine(rollout),
    ...returnLines(rollout, colour),
    ...failures,
    '',
    ...decisions(events)
      .slice(-EVENTS_SHOWN)
      .map((event) => colour('dim', eventLine(event))),
  ];
}

function placeOf({ phase, waves, wave, bakeEndsAt }: Rollout): string {
  const name = waves[wave]?.name;
  if (phase === 'Baking' && bakeEndsAt !== undefined)
    return `Baking, wave ${name}, until ${dateAndTime(bakeEndsAt)}`;
  return phase === 'Promoting' || phase === 'Promoted' ? phase : `${phase}, wave ${name}`;
}

/** What has changed since the snapshot before, one line per change, for a log. */
export function changeLines(before: Snapshot | undefined, snapshot: Snapshot): string[] {
  const statusLine = ({ rollout }: Snapshot) => `${placeOf(rollout)}: ${numbersLine(rollout)}`;
  const status = statusLine(snapshot);
  const isSame = before !== undefined && statusLine(before) === status;
  return [
    ...decisions(newEvents(before?.events ?? [], snapshot.events)).map(eventLine),
    ...(isSame ? [] : [`${dateAndTime(cloudTime(snapshot))}  ${status}`]),
  ];
}

/** The same for programs, looks that decided nothing included: one object a line. */
export function changeObjects(before: Snapshot | undefined, snapshot: Snapshot): object[] {
  const { rollout, events } = snapshot;
  const status = statusOf(rollout);
  const isSame = before && JSON.stringify(statusOf(before.rollout)) === JSON.stringify(status);
  const at = new Date(cloudTime(snapshot)).toISOString();
  return [
    ...newEvents(before?.events ?? [], events).map((event) => ({ type: 'event', ...event })),
    ...(isSame ? [] : [{ type: 'status', at, ...status }]),
  ];
}
