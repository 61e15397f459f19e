import { perService } from './calls.js';
import { aftermathOf, deployedSettings, runsByStatus } from './remediation-aftermath.js';
import { remediationChecks, type Aftermath } from './remediation-checks.js';
import { progressOn, type Progress } from './remediation-progress.js';
import type { RemediationReport } from './remediation-report.js';
import { COMPONENT, toldCommand, type Deed } from './remediation-week.js';
import { sickWatch, type SickWatch } from './sick-watch.js';
import { causeReports } from './sicknesses.js';
import type { Stage } from './stage.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As often as remediation looks, each time right before it does. */
const LOOK_MS = HOUR_MS / 4;
const SYSTEMIC = { group: 'greenhouses', component: COMPONENT, former: '1.0.0', version: '1.2.0' };

/** How long the demonstration goes on, and what people do meanwhile. */
export interface Plan {
  readonly days: number;
  readonly deeds: readonly Deed[];
}

interface Week {
  readonly stage: Stage;
  readonly deeds: readonly Deed[];
  readonly begin: number;
  readonly end: number;
  readonly progress: Progress;
  /** What went wrong in what people do: the demonstration is over then. */
  readonly errors: unknown[];
}

/** Does something at a virtual time of the week, which stands still meanwhile. */
function during({ stage, end, errors }: Week, time: number, act: () => Promise<void>) {
  const { clock } = stage.cloud;
  if (time >= end) return;
  clock.schedule(time, () => {
    if (stage.signal.aborted) return;
    const release = clock.hold();
    void act()
      .catch((error: unknown) => errors.push(error))
      .finally(release);
  });
}

function lookEvery(week: Week, time: number, watch: SickWatch) {
  const { stage, end } = week;
  if (time >= end || stage.signal.aborted) return;
  stage.cloud.clock.schedule(time, () => {
    watch.see(time);
    lookEvery(week, time + LOOK_MS, watch);
  });
}

/** What a rule sends to a topic without a subject is a JSON string, quotes and all. */
const firstLine = (message: string) => message.replaceAll(/^"|"$|\n[^]*/g, '');

/** Shows how it is every hour, and what people were told. */
function showEvery(week: Week, time: number, toldBefore: number) {
  const { stage, progress } = week;
  during(week, time, async () => {
    const messages = stage.cloud.messages();
    for (const { subject, message } of messages.slice(toldBefore))
      progress.say(time, subject ?? firstLine(message));
    progress.show(time, (await stage.connections.records.devices()).values());
    showEvery(week, time + HOUR_MS, messages.length);
  });
}

/** Lets the week go by, hour by hour, so that Ctrl-C is heard. */
async function goBy(week: Week, watch: SickWatch) {
  const { stage, deeds, begin, end, progress, errors } = week;
  const { clock } = stage.cloud;
  lookEvery(week, begin + LOOK_MS - 1000, watch);
  showEvery(week, begin + HOUR_MS, 0);
  for (const deed of deeds)
    during(week, begin + deed.afterHours * HOUR_MS, async () => {
      const line = await deed.act(stage);
      if (line !== undefined) progress.say(clock.now(), line);
    });
  // Where an execution runs, time is further on by then than it was asked to.
  while (clock.now() < end && !stage.signal.aborted) {
    await clock.advance(Math.min(HOUR_MS, end - clock.now()) / 1000);
    if (errors.length > 0) throw errors[0];
  }
  if (!stage.signal.aborted) await clock.idle();
}

function systemicReport({ devices, sick, told, systemic }: Aftermath) {
  const members = devices.filter(({ groups }) => groups.includes(systemic.group));
  const ill = members.filter(({ thingName }) => sick.has(thingName));
  const isBack = ({ components }: Aftermath['devices'][number]) =>
    components[systemic.component]?.lifecycleState === 'RUNNING';
  return {
    target: `thinggroup/${systemic.group}`,
    component: systemic.component,
    version: systemic.version,
    sick: ill.length,
    size: members.length,
    command: told.flatMap((message) => toldCommand(message)?.command ?? [])[0] ?? '',
    recovered: ill.filter(isBack).length,
  };
}

/**
 * The demonstration of remediation: so many days of a fleet that rots, looked after by the schedule that is deployed. Undefined
 * when aborted by Ctrl-C.
 */
export async function playRemediation(
  stage: Stage,
  { days, deeds }: Plan,
  wallStart: number,
): Promise<RemediationReport | undefined> {
  const { cloud, signal } = stage;
  const settings = await deployedSettings(stage);
  const watch = sickWatch(cloud.emulator.inspect, settings);
  const begin = cloud.clock.now();
  const end = begin + days * DAY_MS;
  const progress = progressOn(stage, begin, end);
  const week = { stage, deeds, begin, end, progress, errors: [] };
  await goBy(week, watch).finally(() => progress.close());
  if (signal.aborted) return undefined;
  const virtualSeconds = Math.round((cloud.clock.now() - begin) / 1000);
  const calls = perService(cloud.calls());
  const { SUCCEEDED = 0, ...others } = await runsByStatus(stage);
  const failed = Object.values(others).reduce((sum, number) => sum + number, 0);
  const withWork = (await stage.connections.records.runs()).length;
  const after = await aftermathOf(stage, watch, { settings, systemic: SYSTEMIC });
  return {
    devices: after.devices.length,
    causes: causeReports(after.records.values()),
    systemic: systemicReport(after),
    runs: { all: SUCCEEDED + failed, withWork, failed },
    messages: after.told.length,
    virtualSeconds,
    wallSeconds: (performance.now() - wallStart) / 1000,
    calls,
    checks: remediationChecks(after),
  };
}
