import { wantedVersions, promotedChecks } from './checks.js';
import type { RolloutSource } from '../rollout-source.js';
import type { ActReport, Check } from './report.js';
import { playRollout, type Stage } from './stage.js';
import { waveRecorder } from './wave-records.js';

const STEP_SECONDS = 6 * 3600;
/** Longer than any device of the example fleet stays away. */
const LONGEST_SECONDS = 30 * 86_400;

/** Moves time on until every device that was away has returned and runs the release, for at most 30 days. */
export async function untilEverywhere({ cloud, signal }: Stage, wanted: Record<string, string>) {
  const isLacking = () =>
    Object.entries(wanted).some(([name, version]) => {
      const { [version]: _, ...others } = cloud.emulator.inspect.versions(name);
      return Object.values(others).some((devices) => devices > 0);
    });
  for (let gone = 0; isLacking() && gone < LONGEST_SECONDS && !signal.aborted; gone += STEP_SECONDS)
    await cloud.clock.advance(STEP_SECONDS);
}

/** The first act: a release that is good reaches every device. Undefined when aborted by Ctrl-C. */
export async function playGoodRollout(
  stage: Stage,
  source: RolloutSource,
): Promise<{ act: ActReport; checks: Check[] } | undefined> {
  const { cloud, connections, terminal, isSilent } = stage;
  const wanted = wantedVersions(source.file);
  const counts = () =>
    Object.fromEntries(
      Object.keys(wanted).map((name) => [name, cloud.emulator.inspect.versions(name)]),
    );
  const before = counts();
  const recorder = waveRecorder();
  const played = await playRollout(stage, source, ({ rollout }) => recorder.see(rollout));
  if (!played) return undefined;
  const { rollout } = played.last;
  if (rollout.phase === 'Promoted') {
    if (!isSilent)
      terminal.err('Moving time on until the devices that were away have returned ...');
    await untilEverywhere(stage, wanted);
  }
  const after = counts();
  const versions = Object.fromEntries(
    Object.keys(wanted).map((name) => [
      name,
      { before: before[name] ?? {}, after: after[name] ?? {} },
    ]),
  );
  const act: ActReport = {
    rolloutId: rollout.rolloutId,
    phase: rollout.phase,
    waves: recorder.records,
    wavesBegun: rollout.wave + 1,
    wavesPlanned: rollout.waves.length,
    versions,
    virtualSeconds: played.virtualSeconds,
  };
  return { act, checks: await promotedChecks(connections, rollout, versions) };
}
