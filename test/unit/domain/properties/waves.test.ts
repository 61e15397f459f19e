import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { admissionOrder } from '../../../../src/domain/admission-order.js';
import { allowance, waveNumbers, waveSizes } from '../../../../src/domain/wave.js';
import { usualHealth } from '../../../support/usual-strategy.js';

const specification = fc.record(
  {
    devices: fc.integer({ min: 1, max: 300 }),
    bakeSeconds: fc.integer({ min: 0, max: 86_400 }),
  },
  { requiredKeys: ['devices'] },
);
const percentage = fc.record({ percent: fc.integer({ min: 1, max: 100 }) });

test('wave sizes strictly increase and end with the whole fleet', () => {
  const waves = fc.array(fc.oneof(specification, percentage), { maxLength: 6 });
  fc.assert(
    fc.property(waves, fc.integer({ min: 1, max: 400 }), (written, devices) => {
      const sizes = waveSizes({ waves: written }, devices).map(({ size }) => size);
      expect(sizes.at(-1)).toBe(devices);
      expect(sizes.every((size, i) => size > (sizes[i - 1] ?? 0))).toBe(true);
    }),
  );
});

test('no bake is lost: the longest one written is in the waves', () => {
  const waves = fc.array(specification, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(waves, fc.integer({ min: 1, max: 400 }), (written, devices) => {
      const longest = Math.max(...written.map(({ bakeSeconds = 0 }) => bakeSeconds));
      const bakes = waveSizes({ waves: written }, devices).map(({ bakeSeconds }) => bakeSeconds);
      expect(Math.max(...bakes)).toBeGreaterThanOrEqual(longest);
    }),
  );
});

const platforms = ['linux/aarch64', 'linux/amd64', 'windows/amd64'];
const fleet = fc
  .array(fc.constantFrom(...platforms), { minLength: 1, maxLength: 120 })
  .map((list) => list.map((platform, i) => ({ thing: `t-${i}`, platform })));

test('the order has every member once', () => {
  fc.assert(
    fc.property(fc.string(), fleet, (rolloutId, members) => {
      const order = admissionOrder(rolloutId, members);
      expect(order.map(({ thing }) => thing).toSorted()).toEqual(
        members.map(({ thing }) => thing).toSorted(),
      );
    }),
  );
});

test('every beginning of the order has each platform within two devices of its share', () => {
  fc.assert(
    fc.property(fc.string(), fleet, (rolloutId, members) => {
      const order = admissionOrder(rolloutId, members);
      for (const platform of platforms) {
        const isOf = (member: { platform: string }) => member.platform === platform;
        const share = members.filter(isOf).length / members.length;
        let seen = 0;
        order.forEach((member, i) => {
          seen += Number(isOf(member));
          expect(Math.abs(seen - share * (i + 1))).toBeLessThanOrEqual(2);
        });
      }
    }),
  );
});

const count = fc.nat({ max: 60 });
const state = fc
  .record({
    counts: fc.record({
      queued: count,
      inProgress: count,
      succeeded: count,
      failed: count,
      rejected: count,
      timedOut: count,
      removed: count,
      canceled: count,
      apart: count,
    }),
    missing: count,
    left: count,
    maxInFlight: fc.integer({ min: 1, max: 100 }),
    admissions: fc.array(fc.record({ at: fc.nat({ max: 4000_000 }), devices: count })),
  })
  .map(({ counts, missing, left, maxInFlight, admissions }) => {
    const admitted = Object.values(counts).reduce((sum, one) => sum + one, missing);
    return {
      file: {
        strategy: {
          waves: [],
          health: usualHealth,
          maxInFlight,
          onHold: 'wait' as const,
          onAbort: 'rollback' as const,
          returnWithinSeconds: 259_200,
        },
      },
      waves: [{ name: 'all', size: admitted + left, bakeSeconds: 60, approval: false }],
      wave: 0,
      admitted,
      skipped: [],
      admissions,
      counts,
      extendedBy: 0,
    };
  });

test('every admitted device is in one place', () => {
  fc.assert(
    fc.property(state, (progress) => {
      const numbers = waveNumbers(progress, progress.counts, 4000_000);
      expect(numbers.answered + numbers.pending + numbers.apart).toBe(numbers.reached);
      expect(numbers.reached + numbers.queued + progress.counts.canceled).toBe(numbers.devices);
    }),
  );
});

test('what is handed out never exceeds the wave or maxInFlight', () => {
  fc.assert(
    fc.property(state, (progress) => {
      const devices = allowance(progress, 4000_000);
      const { pending } = waveNumbers(progress, progress.counts, 4000_000);
      expect(devices).toBeGreaterThanOrEqual(0);
      expect(progress.admitted + devices).toBeLessThanOrEqual(progress.waves[0]?.size ?? 0);
      expect(devices === 0 || pending + devices <= progress.file.strategy.maxInFlight).toBe(true);
    }),
  );
});
