import { faultWord } from '../src/domain/remediation/systemic.js';
import type { RunOutput } from '../src/domain/remediation/run-output.js';
import { count, paint, table } from './output.js';

const LEFT = {
  held: 'in the hands of a rollout',
  away: 'away',
  backingOff: 'waiting for their next attempt',
  escalated: 'with a person',
  quarantined: 'in quarantine',
  systemic: 'sick with the release of their target',
  overBudget: 'over the budget: their turn comes',
} as const;

/** What a run has found, done or would do, as a person reads it. */
export function runLines(output: RunOutput, hasColour: boolean): string[] {
  if (!('scan' in output)) return [output.reason];
  const colour = paint(hasColour);
  const { scan, devices, outcome } = output;
  const left = Object.entries(LEFT).flatMap(([key, word]) => {
    const number = Object.entries(scan.left).find(([name]) => name === key)?.[1] ?? 0;
    return number > 0 ? [`  ${count(number, 'device')} ${word}`] : [];
  });
  return [
    `${count(scan.devices, 'device')} of ${count(scan.targets, 'target')} looked at, ${scan.sick} sick.`,
    ...left,
    ...scan.systemic.map((fault) => colour('red', faultWord(fault))),
    ...(devices.length > 0
      ? [
          '',
          ...table(
            ['device', 'cause', 'remedy', outcome === 'Planned' ? 'plan' : 'outcome', 'why'],
            devices.map((one) => [one.thing, one.cause, one.remedy, one.outcome, one.why]),
          ),
        ]
      : []),
    ...(outcome === 'Planned' ? ['', 'Nothing was changed.'] : []),
  ];
}
