import { expect, test } from '@jest/globals';
import { breaksRelease, causeOf, healthCauseOf } from '../../../src/domain/failure-cause.js';

const shipped = {
  file: { release: { components: { App: { version: '1.1.0' } } } },
  releaseDocument: {
    components: { App: { componentVersion: '1.1.0' }, Logger: { componentVersion: '2.0.0' } },
  },
};
const cause = (errorTypes: string[], errorStack: string[] = [], reason = '') =>
  causeOf(shipped, { reason, errorStack, errorTypes });

test.each([
  ['NETWORK_ERROR'],
  ['HTTP_ERROR'],
  ['SERVER_ERROR'],
  ['CLOUD_SERVICE_ERROR'],
  ['PERMISSION_ERROR'],
])('%s is infrastructure', (type) => {
  expect(cause([type])).toBe('infrastructure');
});

test.each([
  ['USER_COMPONENT_ERROR'],
  ['COMPONENT_RECIPE_ERROR'],
  ['REQUEST_ERROR'],
  ['DEVICE_ERROR'],
  ['DEPENDENCY_ERROR'],
  ['NUCLEUS_ERROR'],
  ['UNKNOWN_ERROR'],
])('%s counts against the release', (type) => {
  expect(cause([type])).toBe('release');
});

test('a device that says nothing counts against the release', () => {
  expect(cause([])).toBe('release');
});

test('an artifact that may not be read is infrastructure, one that does not exist is not', () => {
  const stack = ['DEPLOYMENT_FAILURE', 'ARTIFACT_DOWNLOAD_ERROR', 'S3_ERROR'];
  expect(cause(['DEPENDENCY_ERROR', 'PERMISSION_ERROR'], [...stack, 'S3_ACCESS_DENIED'])).toBe(
    'infrastructure',
  );
  expect(cause(['DEPENDENCY_ERROR', 'REQUEST_ERROR'], [...stack, 'S3_RESOURCE_NOT_FOUND'])).toBe(
    'release',
  );
});

test('throttling and an interruption are infrastructure by their code', () => {
  expect(cause(['REQUEST_ERROR'], ['DEPLOYMENT_FAILURE', 'THROTTLING_ERROR'])).toBe(
    'infrastructure',
  );
  expect(cause([], ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_INTERRUPTED'])).toBe('infrastructure');
});

test('a component error beside it, or a device that is left changed, is the release', () => {
  expect(cause(['NETWORK_ERROR', 'USER_COMPONENT_ERROR'])).toBe('release');
  expect(cause(['NETWORK_ERROR'], [], 'NETWORK_ERROR: FAILED_UNABLE_TO_ROLLBACK: lost')).toBe(
    'release',
  );
});

test('a device that has a newer deployment is a foreign change', () => {
  expect(cause([], ['DEPLOYMENT_REJECTED', 'REJECTED_STALE_DEPLOYMENT'])).toBe('foreign');
});

test('a component that breaks is foreign where it is deployed beside the release, which leaves it', () => {
  const broke = (name: string) =>
    cause(
      ['USER_COMPONENT_ERROR'],
      ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'],
      `COMPONENT_BROKEN: FAILED_ROLLBACK_COMPLETE: Service ${name} in broken state after deployment`,
    );
  expect(broke('App')).toBe('release');
  expect(broke('Logger')).toBe('foreign');
  // It may be a dependency of the release.
  expect(broke('Runtime')).toBe('release');
});

test('an UNHEALTHY device counts unless all that is broken was deployed by itself, and not by the release', () => {
  const broken = (name: string, isRoot = true) => ({ name, says: '', isRoot });
  expect(healthCauseOf(shipped, [])).toBe('release');
  expect(healthCauseOf(shipped, [broken('Logger')])).toBe('foreign');
  expect(healthCauseOf(shipped, [broken('Logger'), broken('App')])).toBe('release');
  expect(healthCauseOf(shipped, [broken('Runtime', false)])).toBe('release');
  expect(breaksRelease(shipped, [broken('Runtime', false)])).toBe(false);
  expect(breaksRelease(shipped, [broken('Logger'), broken('App')])).toBe(true);
});
