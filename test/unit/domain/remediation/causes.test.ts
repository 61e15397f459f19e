import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { ANSWERS, Cause, causeOf } from '../../../../src/domain/remediation/causes.js';

const told = (
  errorStack: string[],
  errorTypes: string[],
  detailedStatus: string | undefined = 'FAILED_NO_STATE_CHANGE',
) => causeOf({ detailedStatus, errorStack: ['DEPLOYMENT_FAILURE', ...errorStack], errorTypes });

describe('what the nucleus says of how a deployment ended', () => {
  test.each([
    ['FAILED_NO_STATE_CHANGE', 'Unexplained', 'retry'],
    ['FAILED_ROLLBACK_COMPLETE', 'ComponentFailed', 'retry'],
    ['FAILED_ROLLBACK_NOT_REQUESTED', 'NotRolledBack', 'takeBack'],
    ['FAILED_UNABLE_TO_ROLLBACK', 'NotRolledBack', 'takeBack'],
    ['REJECTED', 'Rejected', undefined],
    [undefined, 'Unexplained', 'retry'],
  ] as const)('%s without an error is %s: %s', (detailedStatus, cause, remedy) => {
    const found = causeOf({ detailedStatus, errorStack: [], errorTypes: [] });
    expect([found, ANSWERS[found].first]).toEqual([cause, remedy]);
  });
});

/** Every error type of the developer guide, its cause, and what is tried first: where nothing is, a person is told why. */
const TYPES = [
  ['PERMISSION_ERROR', 'PermissionDenied', undefined],
  ['REQUEST_ERROR', 'InvalidRequest', undefined],
  ['COMPONENT_RECIPE_ERROR', 'BadRecipe', undefined],
  ['AWS_COMPONENT_ERROR', 'ComponentFailed', 'retry'],
  ['USER_COMPONENT_ERROR', 'ComponentFailed', 'retry'],
  ['COMPONENT_ERROR', 'ComponentFailed', 'retry'],
  ['DEVICE_ERROR', 'DeviceFault', undefined],
  ['DEPENDENCY_ERROR', 'DependencyFault', 'retry'],
  ['HTTP_ERROR', 'TransientFault', 'retry'],
  ['NETWORK_ERROR', 'TransientFault', 'retry'],
  ['NUCLEUS_ERROR', 'NucleusFault', 'retry'],
  ['SERVER_ERROR', 'TransientFault', 'retry'],
  ['CLOUD_SERVICE_ERROR', 'TransientFault', 'retry'],
  ['UNKNOWN_ERROR', 'Unexplained', 'retry'],
] as const;

test.each(TYPES)('%s is %s: %s', (type, cause, remedy) => {
  const found = told([], [type]);
  expect([found, ANSWERS[found].first]).toEqual([cause, remedy]);
  expect(ANSWERS[found].person).not.toBe('');
});

/** Codes that say something else than their type, or that have none. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  REJECTED_STALE_DEPLOYMENT: 'StaleDeployment',
  DEPLOYMENT_INTERRUPTED: 'TransientFault',
  ARTIFACT_DOWNLOAD_ERROR: 'TransientFault',
  CLOUD_API_ERROR: 'TransientFault',
  THROTTLING_ERROR: 'TransientFault',
  CONFLICTED_REQUEST: 'TransientFault',
  NO_AVAILABLE_COMPONENT_VERSION: 'InvalidRequest',
  COMPONENT_PACKAGE_LOADING_ERROR: 'BadRecipe',
  IO_ERROR: 'DeviceFault',
  IO_MAPPING_ERROR: 'DeviceFault',
  DEPLOYMENT_DOCUMENT_NOT_VALID: 'InvalidRequest',
  EMPTY_DEPLOYMENT_REQUEST: 'InvalidRequest',
  DEPLOYMENT_DOCUMENT_PARSE_ERROR: 'InvalidRequest',
  DEPLOYMENT_DOCUMENT_SIZE_EXCEEDED: 'InvalidRequest',
  COMPONENT_METADATA_NOT_VALID_IN_DEPLOYMENT: 'InvalidRequest',
  COMPONENT_CONFIGURATION_NOT_VALID: 'InvalidRequest',
  CUSTOM_PLUGIN_NOT_SUPPORTED: 'InvalidRequest',
  DEPLOYMENT_TYPE_NOT_VALID: 'InvalidRequest',
  COMPONENT_UPDATE_ERROR: 'ComponentFailed',
  COMPONENT_BROKEN: 'ComponentFailed',
  REMOVE_COMPONENT_ERROR: 'ComponentFailed',
  COMPONENT_BOOTSTRAP_TIMEOUT: 'ComponentFailed',
  COMPONENT_BOOTSTRAP_ERROR: 'ComponentFailed',
  // They say that something has failed, and not what.
  DEPLOYMENT_FAILURE: 'Unexplained',
  DEPLOYMENT_REJECTED: 'Unexplained',
};

const reference = '../shared/reference/greengrass-v2.md';
const isThere = existsSync(reference);

/** The table of error codes by type: lines that begin with a type, or with `none`. */
const codesByType = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^- (none|[A-Z_]+_ERROR)(?: ·|:)/.test(line))
    .flatMap((line) => line.slice(2).split(' · '))
    .flatMap((part) => {
      const [type = '', codes = ''] = part.split(': ');
      return (codes.match(/[A-Z][A-Z0-9_]{3,}/g) ?? [])
        .filter((code) => !/^(USER|AWS)_$/.test(code))
        .map((code) => [type, code] as const);
    });

(isThere ? test : test.skip)(
  'every code of the error table has the cause of its type, or one of its own',
  () => {
    const all = codesByType(readFileSync(reference, 'utf8')).filter(
      ([, code]) => code !== 'USER_' && code !== 'COMPONENT_ERROR',
    );
    expect(all.length).toBeGreaterThan(100);
    const causes = new Map<string, string>(TYPES.map(([type, cause]) => [type, cause]));
    for (const [type, code] of all) {
      const wanted = EXCEPTIONS[code] ?? causes.get(type);
      expect([type, code, told([code], type === 'none' ? [] : [type])]).toEqual([
        type,
        code,
        wanted,
      ]);
    }
  },
);

test('of several types the one counts that no repetition can help', () => {
  expect(
    told(
      ['ARTIFACT_DOWNLOAD_ERROR', 'S3_ERROR', 'S3_ACCESS_DENIED', 'S3_HEAD_OBJECT_ACCESS_DENIED'],
      ['DEPENDENCY_ERROR', 'PERMISSION_ERROR'],
    ),
  ).toBe('PermissionDenied');
  expect(
    told(
      ['NO_AVAILABLE_COMPONENT_VERSION', 'COMPONENT_VERSION_REQUIREMENTS_NOT_MET'],
      ['REQUEST_ERROR'],
    ),
  ).toBe('InvalidRequest');
});

test('a component that failed and was not rolled back is never tried again as it is', () => {
  const stack = ['COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'];
  expect(told(stack, ['USER_COMPONENT_ERROR'], 'FAILED_UNABLE_TO_ROLLBACK')).toBe('NotRolledBack');
  expect(told(stack, ['USER_COMPONENT_ERROR'], 'FAILED_ROLLBACK_COMPLETE')).toBe('ComponentFailed');
});

test('each cause has an answer', () => {
  expect(Object.keys(ANSWERS).sort()).toEqual([...Cause.options].sort());
});
