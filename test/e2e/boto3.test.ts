import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as z from 'zod';
import helloDeployment from '../support/fixtures/hello-deployment.json' with { type: 'json' };
import { calledOperations, startGreetingsEmulator } from '../support/greetings-emulator.js';
import { runWithInput } from '../support/run-with-input.js';
import { operationNames, sdkMembers } from '../support/sdk-members.js';

const SCRIPT = 'test/support/fixtures/drive-greengrass.py';

/** Debian's Python, and the one that the person has, by the version of boto3 that they find. */
const installed = new Map(
  ['python3', '/usr/bin/python3'].flatMap((python) => {
    const ask = ['-c', 'import boto3; print(boto3.__version__)'];
    const version = spawnSync(python, ask, { encoding: 'utf8' }).stdout?.trim();
    return version ? [[version, python] as const] : [];
  }),
);

if (installed.size === 0)
  test.skip('boto3 drives each operation (not run: no Python with boto3 is installed)', () =>
    undefined);

/** What a boto3 may lack, as it is older than the member. All of it is missing in Debian 12's 1.26.27, of December 2022. */
const YOUNGER = [
  'GetComponentVersionArtifact.input.s3EndpointType',
  'GetComponentVersionArtifact.input.iotEndpointType',
  'GetCoreDevice.output.runtime',
  'ListCoreDevices.input.runtime',
  'ListCoreDevices.output.coreDevices.[].platform',
  'ListCoreDevices.output.coreDevices.[].architecture',
  'ListCoreDevices.output.coreDevices.[].runtime',
];

const Report = z.strictObject({
  lacks: z.array(z.string()),
  told: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const HELLO =
  'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello:versions:1.0.0';

const drivesEachOperation = (python: string) => () => {
  let called: string[];
  let report: z.infer<typeof Report>;

  beforeAll(async () => {
    const emulator = await startGreetingsEmulator();
    const args = [SCRIPT, emulator.url];
    const out = await runWithInput(python, args, JSON.stringify(sdkMembers)).finally(() => {
      called = calledOperations(emulator);
      return emulator.close();
    });
    report = Report.parse(JSON.parse(out));
  });

  test('calls every operation that the SDK for JavaScript has', () => {
    expect(operationNames).toHaveLength(29);
    expect(called).toEqual(operationNames);
  });

  test('knows every member that the SDK for JavaScript knows, or is older than it', () => {
    expect(YOUNGER).toEqual(expect.arrayContaining(report.lacks));
  });

  test('creates components from recipes and functions, and reads them back', () => {
    const created = {
      arn: HELLO,
      componentName: 'com.example.Hello',
      componentVersion: '1.0.0',
      creationTimestamp: '2026-01-05T08:00:00+00:00',
      status: { componentState: 'REQUESTED', message: 'NONE', errors: {} },
      HTTPStatusCode: 201,
    };
    expect(report.told).toMatchObject({
      created,
      'created again': created,
      'of a function': { componentName: 'com.example.Greet', componentVersion: '3.0.0' },
      described: {
        publisher: 'Example',
        description: 'Says hello — to everybody',
        status: { componentState: 'DEPLOYABLE' },
        platforms: [{ attributes: { os: 'linux' } }],
        tags: { team: 'greetings' },
      },
      got: {
        recipeOutputFormat: 'JSON',
        recipe: {
          ComponentVersion: '1.0.0',
          ComponentDescription: 'Says hello — to everybody',
          Manifests: [
            {
              Artifacts: [
                {
                  URI: 's3://greetings/hello.txt',
                  Digest: 'N5gMM5Ud5rDkUMNwGyGb/u6TBURwX2N80RWLY4J7s5A=',
                  Algorithm: 'SHA-256',
                },
              ],
            },
          ],
        },
        tags: { team: 'greetings' },
      },
      'got as YAML': { first: 'RecipeFormatVersion: "2020-01-25"' },
      artifact: { text: 'Hello, world\n' },
      components: {
        pages: [['com.example.Greet', 'com.example.Hello'], ['com.example.Thermostat']],
      },
      versions: { pages: [['1.1.0'], ['1.0.0']] },
      tags: { tags: { tongue: 'English' } },
      candidates: { resolvedComponentVersions: [{ arn: HELLO, componentVersion: '1.0.0' }] },
      'component deleted': { HTTPStatusCode: 204 },
    });
  });

  test('deploys with every setting, follows it to the devices, cancels and deletes it', () => {
    const { deploymentId, iotJobId } = report.told['deployed'] ?? {};
    const { clientToken: _, ...settings } = helloDeployment;
    expect(report.told).toMatchObject({
      deployed: {
        iotJobArn: `arn:aws:iot:eu-west-1:123456789012:job/${String(iotJobId)}`,
        HTTPStatusCode: 201,
      },
      'under way': {
        deploymentId,
        revisionId: '2',
        deploymentStatus: 'ACTIVE',
        isLatestForTarget: true,
        ...settings,
      },
      effective: {
        effectiveDeployments: [
          { deploymentId, coreDeviceExecutionStatus: 'SUCCEEDED', reason: 'SUCCESSFUL' },
          { coreDeviceExecutionStatus: 'SUCCEEDED' },
        ],
      },
      'effective, by page': { pages: [['SUCCEEDED'], ['SUCCEEDED']] },
      installed: {
        pages: [
          [
            ['aws.greengrass.Nucleus', '2.15.0', 'FINISHED', true],
            ['com.example.Hello', '1.0.0', 'RUNNING', true],
          ],
        ],
      },
      cancelled: { message: 'SUCCESS' },
      'all revisions': { pages: [[['hello', 'CANCELED', true]], [[null, 'CANCELED', false]]] },
      'deployment deleted': { HTTPStatusCode: 204 },
    });
  });

  test('sees the core devices and what belongs to them', () => {
    expect(report.told).toMatchObject({
      'core devices': { pages: [['thermostats-0001', 'thermostats-0002'], ['thermostats-0003']] },
      'core device': {
        coreVersion: '2.15.0',
        platform: 'linux',
        architecture: 'aarch64',
        status: 'HEALTHY',
      },
      associated: { errorEntries: [{ thingName: 'ghost', code: 'ResourceNotFoundException' }] },
      'client devices': { pages: [[{ thingName: 'sensor-1' }], [{ thingName: 'sensor-2' }]] },
      disassociated: { errorEntries: [] },
      'connectivity updated': { version: expect.any(String) },
      connectivity: {
        connectivityInfo: [
          { id: 'lan', hostAddress: '192.0.2.7', portNumber: 8883, metadata: 'hall' },
        ],
      },
      'device deleted': { HTTPStatusCode: 204 },
    });
  });

  test('gives Greengrass a role and takes it back', () => {
    expect(report.told).toMatchObject({
      'role associated': { associatedAt: '2026-01-05T09:00:10Z' },
      role: { roleArn: 'arn:aws:iam::123456789012:role/Greengrass' },
      'role disassociated': { disassociatedAt: '2026-01-05T09:00:10Z' },
      'no role': {},
    });
  });

  test('gets modelled errors, with their members, as classes of its own', () => {
    const { deploymentId } = report.told['deployed'] ?? {};
    const gone = { class: 'ResourceNotFoundException', HTTPStatusCode: 404 };
    const conflict = { class: 'ConflictException', HTTPStatusCode: 409 };
    const invalid = {
      class: 'ValidationException',
      HTTPStatusCode: 400,
      reason: 'FIELD_VALIDATION_FAILED',
    };
    expect(report.told).toMatchObject({
      'created twice': { ...conflict, resourceId: HELLO, resourceType: 'component' },
      'no recipe': { ...invalid, fields: [{ name: 'inlineRecipe' }] },
      'no such target': { ...gone, resourceType: 'ThingGroup' },
      'no target': { ...invalid, fields: [{ name: 'targetArn' }] },
      'deleted too early': { ...conflict, resourceId: deploymentId, resourceType: 'deployment' },
      'deployment gone': { ...gone, resourceId: deploymentId },
      'device gone': { ...gone, resourceId: 'thermostats-0003', resourceType: 'coreDevice' },
      'component gone': { ...gone, resourceId: HELLO },
    });
  });
};

for (const [version, python] of installed)
  describe(`boto3 ${version}`, drivesEachOperation(python));
