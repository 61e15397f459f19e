import { describe, expect, test } from '@jest/globals';
import { afterLook, isNews, lookNews, nextState } from '../../../src/domain/rollout-progress.js';
import type { Intent, Phase, Rollout } from '../../../src/domain/rollout.js';
import { kept } from './kept-rollout.js';
import { evidenceOf, minute, seen, type Failed } from './judging.js';

const at = '2026-01-05T10:00:00.000Z';
const before = '2026-01-05T09:00:00.000Z';
const said = (wants: Intent['wants'], time = at): Intent => ({
  wants,
  by: 'ada',
  reason: 'as planned',
  at: time,
});

// Its wave is the canary of five, whose bake is over.
const canary = ({ failedRanks = [], ...change }: Partial<Rollout> & Failed = {}): Rollout => ({
  ...kept,
  phase: 'Baking',
  phaseSince: before,
  wave: 0,
  admitted: 5,
  skipped: [],
  admissions: [],
  answeredBefore: 0,
  bakeEndsAt: 5 * minute,
  evidence: evidenceOf({ failedRanks }),
  ...change,
});
const asked = kept.waves.map((wave) => ({ ...wave, approval: true }));
const withOnHold = (onHold: 'wait' | 'abort' | 'promote') => ({
  file: { ...kept.file, strategy: { ...kept.file.strategy, onHold } },
});
const good = seen({ succeeded: 5 });
const undecided = seen({ succeeded: 4, failed: 1 });
const bad = seen({ failed: 2, succeeded: 3 });
const unreached = seen({ succeeded: 3, queued: 2 });
const baking = { bakeEndsAt: 99 * minute };
const looked = (rollout: Rollout, observation = good, intents: Intent[] = []) => {
  const after = afterLook(rollout, observation, intents, at);
  return [after.phase, after.judgement.verdict, nextState(after)];
};
const reasonOf = (rollout: Rollout, observation = good, intents: Intent[] = []) =>
  afterLook(rollout, observation, intents, at).judgement.reason;

describe('a wave', () => {
  test('that bakes is looked at again', () => {
    expect(looked(canary(baking))).toEqual(['Baking', 'Continue', 'AwaitLook']);
  });

  test('that has passed goes on', () => {
    expect(looked(canary())[1]).toBe('Promote');
  });

  test('that extends admits more, and bakes anew', () => {
    const after = afterLook(canary({ failedRanks: [4] }), undecided, [], at);
    expect(after).toMatchObject({ phase: 'Running', phaseSince: at, extendedBy: 2 });
    expect(after).not.toHaveProperty('bakeEndsAt');
    expect(nextState(after)).toBe('AdmitWave');
  });

  test('whose devices are being admitted is admitted first', () => {
    const admitting = { from: 0, to: 5 };
    expect(looked(canary({ ...baking, admitting }))[2]).toBe('AdmitWave');
  });
});

describe('approval', () => {
  const waiting = canary({ waves: asked, phase: 'AwaitingApproval' });

  test('a wave that asks for it waits once it has passed', () => {
    expect(looked(canary({ waves: asked }))).toEqual([
      'AwaitingApproval',
      'Continue',
      'AwaitPerson',
    ]);
    expect(reasonOf(canary({ waves: asked }))).toBe(
      'wave canary awaits approval: failed (0) <= 5 % of 5 answered = 0, not proven; evidence 1 < 40',
    );
  });

  test('an approval given in the wait ends it, and is told', () => {
    const after = afterLook(waiting, good, [said('approve')], at);
    expect(after).toMatchObject({ judgement: { verdict: 'Promote' }, approvedWaves: [0] });
    expect(lookNews(after, [said('approve')])).toMatchObject({
      actor: 'ada',
      what: 'Promote in wave canary',
      why: 'approved by ada: as planned; failed (0) <= 5 % of 5 answered = 0, not proven; evidence 1 < 40',
    });
  });

  test('one given before the wait does not, nor one given in the bake', () => {
    const early = said('approve', '2026-01-05T08:59:59.999Z');
    expect(looked(waiting, good, [early])[0]).toBe('AwaitingApproval');
    expect(looked(canary({ waves: asked }), good, [said('approve')])[0]).toBe('AwaitingApproval');
  });

  test('a look again after the approval was counted passes as well, and counts it once', () => {
    const after = afterLook(waiting, good, [said('approve')], at);
    expect(afterLook(after, good, [said('approve')], at)).toEqual(after);
  });

  test('an approval of a wave that has got worse since is none of the new wait', () => {
    const worse = { ...waiting, evidence: evidenceOf({ failedRanks: [4] }) };
    expect(looked(worse, undecided, [said('approve', '2026-01-05T09:30:00.000Z')])).toEqual([
      'Held',
      'Hold',
      'AwaitPerson',
    ]);
  });
});

describe('hold', () => {
  const held = (change: Partial<Rollout> = {}) =>
    canary({ waves: asked, failedRanks: [4], ...change });

  test('an undecided wave waits for a person', () => {
    expect(looked(held(), undecided)).toEqual(['Held', 'Hold', 'AwaitPerson']);
  });

  test('approve settles it', () => {
    const waiting = held({ phase: 'Held' });
    expect(looked(waiting, undecided, [said('approve')])[1]).toBe('Promote');
    expect(reasonOf(waiting, undecided, [said('approve')])).toBe(
      'approved by ada: as planned; failed (1) > 5 % of 5 answered = 0, undecided; evidence 1 < 40',
    );
  });

  test('onHold abort aborts it', () => {
    expect(looked(held(withOnHold('abort')), undecided)[1]).toBe('Abort');
    expect(reasonOf(held(withOnHold('abort')), undecided)).toBe(
      'onHold is abort: failed (1) > 5 % of 5 answered = 0, undecided; evidence 1 < 40',
    );
  });

  test('onHold promote lets it pass, but for an approval that is asked for', () => {
    const last = canary({
      failedRanks: [4],
      waves: kept.waves.slice(0, 1),
      ...withOnHold('promote'),
    });
    expect(looked(last, undecided)[1]).toBe('Promote');
    expect(looked(held(withOnHold('promote')), undecided)[0]).toBe('AwaitingApproval');
  });

  test.each(['wait', 'abort', 'promote'] as const)(
    'missing data waits where onHold is %s',
    (onHold) => {
      const { bakeEndsAt: _bake, ...running } = canary(withOnHold(onHold));
      expect(looked({ ...running, phase: 'Running' }, unreached)).toEqual([
        'Held',
        'Hold',
        'AwaitPerson',
      ]);
    },
  );

  test('it ends by itself when the devices come back', () => {
    const { bakeEndsAt: _bake, ...running } = canary({ phase: 'Held' });
    expect(looked(running, good)).toEqual(['Baking', 'Continue', 'AwaitLook']);
  });
});

describe('people', () => {
  const phases: Phase[] = ['Running', 'Baking', 'AwaitingApproval', 'Paused', 'Held'];

  test.each(phases)('abort from %s, whatever else they want', (phase) => {
    const intents = [said('approve'), said('pause'), said('abort')];
    expect(looked(canary({ phase }), good, intents)[1]).toBe('Abort');
    expect(reasonOf(canary({ phase, ...baking }), good, intents)).toBe(
      'aborted by ada: as planned; wave canary bakes for another 89m; failed (0), limit 5 % of 5 answered = 0; evidence 1 < 40',
    );
  });

  test.each(phases)('evidence aborts from %s', (phase) => {
    const intents = [said('pause'), said('approve')];
    expect(looked(canary({ phase, failedRanks: [0, 1] }), bad, intents)[1]).toBe('Abort');
  });

  test.each(phases)('pause from %s: nobody is admitted, and the wave does not pass', (phase) => {
    const intents = [said('approve'), said('pause')];
    expect(looked(canary({ phase }), good, intents)).toEqual(['Paused', 'Continue', 'AwaitPerson']);
    const { bakeEndsAt: _bake, ...admitting } = canary({ phase, admitted: 3 });
    expect(looked(admitting, seen({ succeeded: 3 }), intents)[2]).toBe('AwaitPerson');
  });

  test('resume goes on where it was', () => {
    const intents = [said('pause', before), said('resume')];
    expect(looked(canary({ phase: 'Paused', ...baking }), good, intents)).toEqual([
      'Baking',
      'Continue',
      'AwaitLook',
    ]);
    expect(looked(canary({ phase: 'Paused' }), good, intents)[1]).toBe('Promote');
  });

  test('a paused wave does not extend, but does once it is resumed', () => {
    const paused = afterLook(canary({ failedRanks: [4] }), undecided, [said('pause')], at);
    expect(paused).toMatchObject({ phase: 'Paused', extendedBy: 0, bakeEndsAt: 5 * minute });
    expect(afterLook(paused, undecided, [], at).extendedBy).toBe(2);
  });

  test('who paused it is told, and why', () => {
    const after = afterLook(canary(baking), good, [said('pause')], at);
    expect(lookNews(after, [said('pause')])).toMatchObject({
      actor: 'ada',
      what: 'Paused in wave canary',
      why: expect.stringMatching(/^paused by ada: as planned; wave canary bakes/),
    });
  });
});

test('a look that sees nothing new is no news', () => {
  const first = afterLook(canary(baking), good, [], at);
  expect(isNews(canary(baking), first)).toBe(true);
  const second = afterLook(first, { ...good, at: 11 * minute }, [], at);
  expect(isNews(first, second)).toBe(false);
  expect(isNews(second, afterLook(second, good, [said('pause')], at))).toBe(true);
});
