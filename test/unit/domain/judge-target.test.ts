import { describe, expect, test } from '@jest/globals';
import { ForeignChangeError } from '../../../src/domain/errors.js';
import { refuseForeignChange } from '../../../src/domain/foreign-change.js';
import { judgeTarget, targetLookSeconds } from '../../../src/domain/judge-target.js';
import type { TargetProgress } from '../../../src/domain/judge-target.js';
import { noExecutions } from '../../../src/domain/wave.js';
import type { ExecutionCounts } from '../../../src/domain/wave.js';
import { usualStrategy } from '../../support/usual-strategy.js';

const minute = 60_000;
const strategy = {
  waves: [],
  ...usualStrategy,
};

describe('the target', () => {
  const target = (change: Partial<TargetProgress> = {}): TargetProgress => ({
    file: { strategy },
    ranked: 180,
    ineligible: 10,
    unheard: 10,
    skipped: [],
    targetPromotedAt: 0,
    ...change,
  });
  // 200 devices at 50 a minute take 4 minutes to hand out.
  const look = (counts: Partial<ExecutionCounts>, at: number, failing = 0) => {
    const unrankedFailures = Array.from({ length: failing }, (_, i) => ({
      thing: `u-${i}`,
      status: 'FAILED' as const,
      why: '',
    }));
    const observation = { at, counts: { ...noExecutions, ...counts }, unrankedFailures };
    const { verdict, reason } = judgeTarget(target(), {
      ...observation,
      isRevisionLatest: true,
      isDeploymentActive: true,
    });
    return [verdict, reason];
  };

  test('it is looked at every half minute where devices answer within half an hour', () => {
    expect(targetLookSeconds(target(), 5 * minute)).toBe(30);
  });

  test('it is looked at 500 times at most while devices have days to answer, then hourly', () => {
    const health = { ...strategy.health, deviceDeadlineSeconds: 604_800 };
    const slow = target({ file: { strategy: { ...strategy, health } } });
    expect(targetLookSeconds(slow, 5 * minute)).toBe(2420);
    expect(targetLookSeconds(slow, 20_165 * minute)).toBe(3600);
  });

  test('it is done when all devices have answered', () => {
    expect(look({ succeeded: 200 }, 5 * minute)).toEqual([
      'Promote',
      'failed (0) <= 5 % of 20 devices without a rank, at least 1 = 1',
    ]);
  });

  test('devices that have yet to be handed the release are in flight', () => {
    expect(look({ succeeded: 50 }, 2 * minute)).toEqual(['Continue', 'pending (150) > 0']);
  });

  test('offline devices hold it up until the deadline after the last was handed out', () => {
    expect(look({ succeeded: 190, queued: 10 }, 33 * minute)[0]).toBe('Continue');
    expect(look({ succeeded: 190, queued: 10 }, 34 * minute)[0]).toBe('Promote');
  });

  test('late returners hold it up for one more deadline at most', () => {
    expect(look({ succeeded: 190, inProgress: 1, queued: 9 }, 63 * minute)[1]).toBe(
      'pending (1) > 0',
    );
    expect(look({ succeeded: 190, inProgress: 1, queued: 9 }, 64 * minute)[0]).toBe('Promote');
  });

  test('one failure without a rank is tolerated, two of twenty are not', () => {
    expect(look({ succeeded: 199, failed: 1 }, 5 * minute, 1)[0]).toBe('Promote');
    expect(look({ succeeded: 100, failed: 2 }, 2 * minute, 2)).toEqual([
      'Abort',
      'failed (2) > 5 % of 20 devices without a rank, at least 1 = 1',
    ]);
  });

  test('without any answer it is never promoted', () => {
    expect(look({ queued: 200 }, 1000 * minute)).toEqual([
      'Continue',
      'no device of the target has answered',
    ]);
  });
});

describe('a foreign change', () => {
  test('of the target, or of the deployment, is refused', () => {
    const arn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/t';
    const check = (isBaselineLatest: boolean, isDeploymentActive: boolean) => () =>
      refuseForeignChange({ isBaselineLatest, isDeploymentActive }, arn);
    expect(check(true, true)).not.toThrow();
    expect(check(false, true)).toThrow(
      new ForeignChangeError(
        `${arn} has a revision that this rollout neither started from nor made`,
      ),
    );
    expect(check(true, false)).toThrow(
      new ForeignChangeError(
        `the deployment of this rollout on ${arn} is no longer ACTIVE: it was cancelled or replaced from outside`,
      ),
    );
  });

  test('of the promoted target is refused too', () => {
    const check = () =>
      refuseForeignChange({ isRevisionLatest: false, isDeploymentActive: true }, 'arn');
    expect(check).toThrow(ForeignChangeError);
  });
});
