import { describe, expect, test } from '@jest/globals';
import type { ComponentVersion } from '../../../emulator/cloud.js';
import { resolveComponents } from '../../../emulator/fleet/resolve-components.js';
import { componentVersion } from './component-version.js';

const slot = (name: string, roots: Record<string, string>) => ({
  name,
  deploymentId: name,
  createdAt: 0,
  roots,
});

const resolve = (
  slots: Record<string, Record<string, string>>,
  catalogue: readonly ComponentVersion[],
  local: readonly ComponentVersion[] = [],
  nucleusVersion = '2.15.0',
) => {
  const resolution = resolveComponents(
    Object.entries(slots).map(([name, roots]) => slot(name, roots)),
    {
      catalogue,
      local,
      platform: { os: 'linux', architecture: 'aarch64', runtime: 'aws_nucleus_classic' },
      nucleus: 'aws.greengrass.Nucleus',
      nucleusVersion,
    },
  );
  if ('refusal' in resolution) return resolution.refusal;
  return Object.fromEntries(
    [...resolution.versions].map(([name, version]) => [name, version.componentVersion]),
  );
};

const versions = (name: string, ...all: string[]) =>
  all.map((each) => componentVersion(name, each));

describe('roots', () => {
  const catalogue = [...versions('A', '1.0.0', '1.1.0'), ...versions('B', '1.0.0')];

  test('of all slots run together', () => {
    expect(
      resolve({ 'thinggroup/g': { A: '1.0.0' }, 'thing/t': { B: '1.0.0' } }, catalogue),
    ).toEqual({ A: '1.0.0', B: '1.0.0' });
  });

  test('may be npm ranges', () => {
    expect(resolve({ 'thinggroup/g': { A: '1.x' } }, catalogue)).toEqual({ A: '1.1.0' });
  });

  test('pinned to two versions of one component never resolve', () => {
    expect(
      resolve({ 'thinggroup/g': { A: '1.0.0' }, 'thinggroup/h': { A: '1.1.0' } }, catalogue),
    ).toEqual({
      status: 'FAILED',
      detailedStatus: 'FAILED_NO_STATE_CHANGE',
      failureCause:
        'No local or cloud component version satisfies the requirements. Check whether the version constraints conflict and that the component exists in your AWS account with a version that matches the version constraints. If the version constraints conflict, revise deployments to resolve the conflict. Component A version constraints: thinggroup/g requires =1.0.0, thinggroup/h requires =1.1.0.',
      errorStack: [
        'DEPLOYMENT_FAILURE',
        'NO_AVAILABLE_COMPONENT_VERSION',
        'COMPONENT_VERSION_REQUIREMENTS_NOT_MET',
      ],
      errorTypes: ['REQUEST_ERROR'],
    });
  });

  test('that nobody has published never resolve', () => {
    expect(resolve({ 'thinggroup/g': { A: '9.9.9' } }, catalogue)).toMatchObject({
      detailedStatus: 'FAILED_NO_STATE_CHANGE',
      errorStack: expect.arrayContaining(['COMPONENT_VERSION_REQUIREMENTS_NOT_MET']),
    });
  });

  test('that only the device still has run on', () => {
    expect(resolve({ 'thinggroup/g': { A: '0.9.0' } }, catalogue, versions('A', '0.9.0'))).toEqual({
      A: '0.9.0',
    });
  });
});

describe('dependencies', () => {
  test('float to the latest match', () => {
    const catalogue = [
      componentVersion('A', '1.0.0', { B: '>=1.0.0 <2.0.0' }),
      ...versions('B', '1.0.0', '1.2.0', '2.0.0'),
    ];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0' } }, catalogue)).toEqual({
      A: '1.0.0',
      B: '1.2.0',
    });
  });

  test('meet the constraints of everybody who needs them', () => {
    const catalogue = [
      componentVersion('A', '1.0.0', { C: '^1.0.0' }),
      componentVersion('B', '1.0.0', { C: '<1.2.0' }),
      ...versions('C', '1.0.0', '1.1.0', '1.2.0'),
    ];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0', B: '1.0.0' } }, catalogue)['C' as never]).toBe(
      '1.1.0',
    );
  });

  test('of a version that a later constraint rules out are dropped again', () => {
    const catalogue = [
      componentVersion('A', '1.0.0', { B: '*' }),
      componentVersion('B', '2.0.0', { OnlyForB2: '*' }),
      componentVersion('B', '1.0.0'),
      componentVersion('C', '1.0.0', { B: '<2.0.0' }),
      componentVersion('OnlyForB2', '1.0.0', { Deeper: '*' }),
      componentVersion('Deeper', '1.0.0'),
    ];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0', C: '1.0.0' } }, catalogue)).toEqual({
      A: '1.0.0',
      B: '1.0.0',
      C: '1.0.0',
    });
  });

  test('in a ring fail', () => {
    const catalogue = [
      componentVersion('A', '1.0.0', { B: '*' }),
      componentVersion('B', '1.0.0', { A: '*' }),
    ];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0' } }, catalogue)).toMatchObject({
      errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_CIRCULAR_DEPENDENCY_ERROR'],
    });
  });
});

describe('pre-releases', () => {
  const catalogue = versions('A', '1.0.0', '1.1.0-rc.1');

  test('are taken where they are named', () => {
    expect(resolve({ 'thinggroup/g': { A: '1.1.0-rc.1' } }, catalogue)).toEqual({
      A: '1.1.0-rc.1',
    });
  });

  test('are not what a plain range floats to', () => {
    expect(resolve({ 'thinggroup/g': { A: '>=1.0.0' } }, catalogue)).toEqual({ A: '1.0.0' });
  });
});

describe('platforms', () => {
  const on = (os: string, architecture: string) => [{ attributes: { os, architecture } }];

  test('the latest version that claims the platform is taken', () => {
    const catalogue = [
      componentVersion('A', '1.0.0', {}, on('linux', '*')),
      componentVersion('A', '1.1.0', {}, on('windows', 'amd64')),
    ];
    expect(resolve({ 'thinggroup/g': { A: '1.x' } }, catalogue)).toEqual({ A: '1.0.0' });
  });

  test('a regular expression claims what it matches as a whole', () => {
    const catalogue = [componentVersion('A', '1.0.0', {}, on('linux', '/amd64|aarch64/'))];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0' } }, catalogue)).toEqual({ A: '1.0.0' });
    const other = [componentVersion('A', '1.0.0', {}, on('linux', '/arm|aarch/'))];
    expect(resolve({ 'thinggroup/g': { A: '1.0.0' } }, other)).toMatchObject({
      failureCause: expect.stringContaining('does not claim platform compatibility'),
    });
  });
});

describe('the nucleus', () => {
  const needs = (range: string) => [
    componentVersion('A', '1.0.0', { 'aws.greengrass.Nucleus': range }),
    ...versions('aws.greengrass.Nucleus', '2.15.3', '2.16.0'),
  ];

  const on = (range: string, slots = [slot('thinggroup/g', { A: '1.0.0' })]) =>
    resolveComponents(slots, {
      catalogue: needs(range),
      local: [],
      platform: { os: 'linux', architecture: 'aarch64', runtime: 'aws_nucleus_classic' },
      nucleus: 'aws.greengrass.Nucleus',
      nucleusVersion: '2.15.0',
    });

  test('stays while nobody asks for a version', () => {
    const catalogue = [...versions('B', '1.0.0'), ...needs('*')];
    expect(resolve({ 'thinggroup/g': { B: '1.0.0' } }, catalogue)).toEqual({ B: '1.0.0' });
  });

  test.each([
    ['floats to the latest patch', '>=2.0.0 <2.16.0', '2.15.3'],
    ['takes a patch that a dependency asks for', '~2.15.1', '2.15.3'],
    ['stays where it is the latest match', '<2.15.2', '2.15.0'],
  ])('%s', (_, range, nucleusVersion) => {
    expect(on(range)).toMatchObject({ nucleusVersion });
  });

  test('floating to a new minor version fails, though what runs would do', () => {
    expect(on('>=2.0.0 <3.0.0')).toMatchObject({
      refusal: {
        detailedStatus: 'FAILED_NO_STATE_CHANGE',
        errorStack: ['DEPLOYMENT_FAILURE', 'UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE'],
        errorTypes: ['REQUEST_ERROR'],
      },
    });
  });

  test('takes a new minor version only from the deployment that names it', () => {
    const nucleus = { 'aws.greengrass.Nucleus': '2.16.0' };
    const [mine, other] = [slot('thinggroup/g', { A: '1.0.0' }), slot('thing/t', nucleus)];
    expect(on('*', [mine, other])).toMatchObject({ nucleusVersion: '2.16.0' });
    expect(on('*', [other, mine])).toMatchObject({
      refusal: {
        errorStack: expect.arrayContaining(['UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE']),
      },
    });
  });

  test('takes no new minor version that only a dependency asks for', () => {
    expect(resolve({ 'thinggroup/g': { A: '1.0.0' } }, needs('>=2.16.0'))).toMatchObject({
      errorStack: ['DEPLOYMENT_FAILURE', 'UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE'],
    });
  });

  test('takes a new minor version that is a root', () => {
    const roots = { A: '1.0.0', 'aws.greengrass.Nucleus': '2.16.0' };
    expect(resolve({ 'thinggroup/g': roots }, needs('>=2.16.0'))).toEqual({ A: '1.0.0' });
  });
});
