import { expect, test } from '@jest/globals';
import { isDeployable } from '../../../src/domain/release/component-state.js';

const arn = 'arn:aws:greengrass:eu-west-1:123456789012:components:a:versions:1.0.0';
const QUARTER = 15 * 60_000;
const found = (state: string, errors: Record<string, string> = {}) => ({
  state,
  message: undefined,
  errors,
});

test.each([
  ['DEPLOYABLE', 0, true],
  ['DEPLOYABLE', QUARTER + 1, true],
  ['REQUESTED', 0, false],
  ['INITIATED', QUARTER, false],
])('%s after %d ms: deployable %s', (state, waited, expected) => {
  expect(isDeployable(arn, found(state), waited)).toBe(expected);
});

test('a version that takes longer than a quarter of an hour is given up', () => {
  const wait = () => isDeployable(arn, found('REQUESTED'), QUARTER + 1);
  expect(wait).toThrow(`${arn} is still REQUESTED after 15 minutes`);
});

test('what never will be says why, an artifact a line', () => {
  const errors = { 's3://b/a.zip': 'access denied', 's3://b/b.zip': 'no such key' };
  expect(() => isDeployable(arn, found('FAILED', errors), 0)).toThrow(
    `${arn} is FAILED\ns3://b/a.zip: access denied\ns3://b/b.zip: no such key`,
  );
  expect(() => isDeployable(arn, found('DEPRECATED'), 0)).toThrow(`${arn} is DEPRECATED`);
  expect(() => isDeployable(arn, found('DELETED'), 0)).toThrow(`${arn} is DELETED`);
  expect(() => isDeployable(arn, undefined, 0)).toThrow(`${arn} is gone`);
});
