import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { greenwave } from './run-greenwave.js';

const Act = z.object({
  phase: z.string(),
  versions: z.record(z.string(), z.unknown()),
  waves: z.array(z.object({ wave: z.string() })),
  abort: z
    .object({
      hit: z.number(),
      returned: z.number(),
      stragglers: z.array(z.string()),
      evidence: z.number(),
      threshold: z.number(),
    })
    .optional(),
});

const Report = z.object({
  acts: z.tuple([Act, Act]),
  wallSeconds: z.number(),
  checks: z.array(z.object({ what: z.string(), isTrue: z.boolean() })),
});

test('the demonstration promotes the good release, takes back the bad one and leaves nothing behind', async () => {
  const { code, stdout } = await greenwave(['demo', '--json']);
  const report = Report.parse(JSON.parse(stdout));
  expect(report.checks.filter(({ isTrue }) => !isTrue)).toEqual([]);
  expect(report.checks).toHaveLength(17);

  const [good, bad] = report.acts;
  expect(good.phase).toBe('Promoted');
  expect(good.versions).toEqual({
    'com.example.Thermostat': { before: { '1.0.0': 200 }, after: { '1.1.0': 200 } },
  });
  expect(good.waves.map(({ wave }) => wave)).toEqual([
    'canary',
    'early',
    'half',
    'all',
    'the target',
  ]);

  expect(bad.phase).toBe('Aborted');
  expect(bad.versions).toEqual({
    'com.example.Thermostat': { before: { '1.1.0': 200 }, after: { '1.1.0': 200 } },
  });
  expect(bad.abort?.hit).toBeLessThan(25);
  expect(bad.abort?.stragglers).toHaveLength(1);
  expect(bad.abort?.returned).toBe((bad.abort?.hit ?? 0) - 1);
  expect(bad.abort?.evidence).toBeGreaterThanOrEqual(bad.abort?.threshold ?? Infinity);
  expect(report.wallSeconds).toBeGreaterThan(0);
  expect(code).toBe(0);
});

const Released = z.object({
  answers: z.record(z.string(), z.number()),
  rollouts: z.array(z.object({ phase: z.string() })),
  versions: z.record(z.string(), z.number()),
  checks: z.array(z.object({ what: z.string(), isTrue: z.boolean() })),
});

test('the demonstration of a release ends with the new version on the fleet, made once of ten webhooks', async () => {
  const { code, stdout } = await greenwave(['demo', 'release', '--json']);
  const report = Released.parse(JSON.parse(stdout));
  expect(report.checks.filter(({ isTrue }) => !isTrue)).toEqual([]);
  expect(report.answers).toEqual({ 202: 10, 401: 2 });
  expect(report.rollouts).toEqual([{ phase: 'Promoted' }]);
  expect(report.versions).toEqual({ '1.3.0': 200 });
  expect(code).toBe(0);
});
