import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { observe } from '../aws/delivery.js';
import type { Rollouts } from '../aws/rollouts.js';
import { refuseOutsideWaves } from '../domain/admission.js';
import { refuseForeignChange } from '../domain/foreign-change.js';
import { afterLook, isNews, lookNews, nextState } from '../domain/rollout-progress.js';
import { withFailures } from '../domain/unhealthy-devices.js';
import { lookSeconds } from '../domain/wave.js';
import { untilNextLook } from '../domain/wake-up.js';
import { waveTasks, type AssessWaveOutput, type WaveStepInput } from '../workflows/wave.js';
import { logger, task } from './task.js';

/** One look: what the devices report, judged, and what people want. The verdict and its reason are kept with the rollout. */
export const assessWave =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, wave, at }: WaveStepInput): Promise<AssessWaveOutput> => {
    const rollout = await ports.rollouts.existing(rolloutId);
    refuseOutsideWaves(rollout);
    const now = Date.parse(at);
    const look = await observe(ports, rollout, now);
    const { observation } = look;
    refuseForeignChange(observation, rollout.targetArn);
    const intents = await ports.rollouts.intents(rolloutId);
    const seen = withFailures(rollout, look);
    const next = afterLook(seen, observation, intents, at);
    const { verdict, reason } = next.judgement;
    // Before the rollout is kept, for a step that dies in between sees no news on its next try.
    if (isNews(rollout, next)) {
      const news = lookNews(next, intents);
      await ports.rollouts.record(rolloutId, { at, step: 'AssessWave', ...news });
    }
    await ports.rollouts.save(next);
    logger.info('wave judged', { wave, phase: next.phase, verdict, reason });
    const seconds = untilNextLook(rollout, next, lookSeconds(next, now));
    return { verdict, reason, lookSeconds: seconds, next: nextState(next) };
  };

export const handler = task(waveTasks.AssessWave, assessWave({ greengrass, iot, rollouts }));
