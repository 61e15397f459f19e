import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { settingsOf, WrittenSettings } from '../../../../src/domain/remediation/settings.js';

const Packaged = z.looseObject({ schedule: z.string(), state: z.enum(['ENABLED', 'DISABLED']) });

test('the settings that are packaged are settings', () => {
  const { schedule, state, ...written } = Packaged.parse(
    parse(readFileSync('remediation.yaml', 'utf8')),
  );
  expect([schedule, state]).toEqual(['rate(15 minutes)', 'ENABLED']);
  expect(settingsOf(WrittenSettings.parse(written), {})).toEqual({
    maxDevices: 20,
    maxPercent: 10,
    attempts: 3,
    backoffSeconds: 3600,
    systemicPercent: 20,
    silentAfterSeconds: 26 * 3600,
    stuckAfterSeconds: 2 * 3600,
    verifyWithinSeconds: 1800,
  });
});

test('a run has its own settings instead, one by one', () => {
  const {
    schedule: _,
    state: __,
    ...written
  } = Packaged.parse(parse(readFileSync('remediation.yaml', 'utf8')));
  const own = WrittenSettings.partial().parse({ attempts: 1, backoff: '5m' });
  expect(settingsOf(WrittenSettings.parse(written), own)).toMatchObject({
    attempts: 1,
    backoffSeconds: 300,
    maxDevices: 20,
  });
  expect(WrittenSettings.partial().safeParse({ attempt: 1 }).success).toBe(false);
});
