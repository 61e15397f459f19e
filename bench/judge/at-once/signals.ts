import { AbortJudge } from '../../../src/domain/judge/abort-judge.js';
import { ALPHA } from '../origin.js';
import { oneStart, ourJudge } from '../our-judge.js';
import type { Random } from '../random.js';
import { named } from '../study.js';
import type { Ended, Study } from '../study.js';

const LIMIT = 0.05;
const DEVICES = 1000;

/** What can go wrong with a device, and how much of the risk each may have. */
const WEIGHTS = { deployment: 0.5, health: 0.25, component: 0.25 } as const;
type Signal = keyof typeof WEIGHTS;
const SIGNALS = Object.keys(WEIGHTS).filter((name): name is Signal => name in WEIGHTS);

/** How often each signal fails, independently of the others. */
const RATES: Readonly<Record<string, Readonly<Record<Signal, number>>>> = {
  'all at the limit': { deployment: LIMIT, health: LIMIT, component: LIMIT },
  'component at 50 %': { deployment: 0.02, health: 0.02, component: 0.5 },
  'all at 12 %': { deployment: 0.12, health: 0.12, component: 0.12 },
};

/** Told of a device that has started and of the signals by which it failed; true aborts. */
type SignalsWatch = (failedBy: readonly Signal[]) => boolean;

/** A judge for each signal: it aborts alone, at its own risk. */
function apart(riskOf: (signal: Signal) => number): SignalsWatch {
  const judges = SIGNALS.map((signal) => ({
    signal,
    judge: ourJudge({ ...oneStart(LIMIT), risk: riskOf(signal) }),
  }));
  for (const { judge } of judges) judge.beginWave();
  return (failedBy) =>
    judges
      .map(({ signal, judge }) => {
        const rank = judge.expose();
        return failedBy.includes(signal) && judge.fail(rank);
      })
      .includes(true);
}

/** One judge with a stream for each signal: the evidence is added up. */
function together(): SignalsWatch {
  const streams = SIGNALS.map((signal) => ({
    name: signal,
    weight: WEIGHTS[signal],
    limit: LIMIT,
    signal,
  }));
  const judge = new AbortJudge({ planned: 1, waves: 1, risk: ALPHA, streams });
  judge.beginWave();
  return (failedBy) => {
    const rank = judge.expose();
    for (const signal of failedBy) judge.fail(rank, signal);
    return judge.score.evidence >= judge.threshold;
  };
}

function judged(devices: readonly (readonly Signal[])[], aborts: SignalsWatch): Ended {
  let failed = 0;
  for (const [place, failedBy] of devices.entries()) {
    if (failedBy.length > 0) failed += 1;
    if (aborts(failedBy)) return { aborted: true, failed, devices: place + 1 };
  }
  return { aborted: false, failed, devices: devices.length };
}

const drawDevice = (random: Random, rates: Readonly<Record<Signal, number>>) =>
  SIGNALS.filter((signal) => random() < rates[signal]);

const WATCHES: Readonly<Record<string, () => SignalsWatch>> = {
  'each at the whole risk': () => apart(() => ALPHA),
  'each at its share of the risk': () => apart((signal) => ALPHA * WEIGHTS[signal]),
  'evidence added up': together,
};

/** Table A5: three signals that each may abort, and one risk for all of them. */
export const signalsStudy: Study = {
  table: 'signals',
  judges: Object.keys(WATCHES).map((name) => ({ name, origin: 'variant' })),
  scenarios: Object.keys(RATES).map((column) => ({ column })),
  times: () => 20,
  run({ column }, random) {
    const rates = named(RATES, column);
    const devices = Array.from({ length: DEVICES }, () => drawDevice(random, rates));
    return Object.fromEntries(
      Object.entries(WATCHES).map(([name, watch]) => [name, judged(devices, watch())]),
    );
  },
};
