import { greengrass, iot, rollouts } from '../aws/connected.js';
import { deliver, leaversOf, type DeliveryPorts } from '../aws/delivery.js';
import {
  admissionNews,
  admitted,
  beginWave,
  isNewWave,
  ranksInReach,
  refuseOutsideWaves,
  reserve,
} from '../domain/admission.js';
import { wantedOf } from '../domain/control.js';
import type { Rollout } from '../domain/rollout.js';
import { lookSeconds } from '../domain/wave.js';
import { waveTasks, type AdmitWaveOutput, type WaveStepInput } from '../workflows/wave.js';
import { task } from './task.js';

async function begun(ports: DeliveryPorts, rollout: Rollout, { wave, at }: WaveStepInput) {
  refuseOutsideWaves(rollout);
  if (!isNewWave(rollout, wave)) return rollout;
  const left = await leaversOf(ports, rollout, ranksInReach(rollout, wave));
  return ports.rollouts.save(beginWave(rollout, wave, left, at));
}

/** Soon: the look that follows is what answers a person's abort or pause. */
const ANSWER_SECONDS = 1;

/**
 * Admits as many more core devices of the wave as may be in flight, each once, in the order of their ranks; none once a person
 * wants it paused or aborted.
 */
export const admitWave =
  (ports: DeliveryPorts) =>
  async (input: WaveStepInput): Promise<AdmitWaveOutput> => {
    const { rolloutId, at } = input;
    const rollout = await begun(ports, await ports.rollouts.existing(rolloutId), input);
    const { abort, pause } = wantedOf(await ports.rollouts.intents(rolloutId));
    if (abort ?? pause) return { admitted: rollout.admitted, lookSeconds: ANSWER_SECONDS };
    const now = Date.parse(at);
    const reserved = reserve(rollout, now);
    const { admitting } = reserved;
    if (!admitting) return { admitted: rollout.admitted, lookSeconds: lookSeconds(rollout, now) };
    const kept = rollout.admitting ? rollout : await ports.rollouts.save(reserved);
    const members = await ports.rollouts.order(rolloutId, admitting.from, admitting.to);
    const { refused, made } = await deliver(ports, kept, admitting.from, members);
    const done = { ...admitted(kept, refused), ...made };
    const news = admissionNews(kept, done);
    await ports.rollouts.record(rolloutId, { at, step: 'AdmitWave', actor: 'rollout', ...news });
    await ports.rollouts.save(done);
    return { admitted: done.admitted, lookSeconds: lookSeconds(done, now) };
  };

export const handler = task(waveTasks.AdmitWave, admitWave({ greengrass, iot, rollouts }));
