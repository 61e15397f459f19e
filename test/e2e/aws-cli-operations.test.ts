import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { installedClis, runCli } from '../support/aws-cli.js';
import helloDeployment from '../support/fixtures/hello-deployment.json' with { type: 'json' };
import { calledOperations, startGreetingsEmulator } from '../support/greetings-emulator.js';
import { operationNames } from '../support/sdk-members.js';

/** Each command is a Python that starts: most of a second of a core. At most two run at a time. */
jest.setTimeout(120_000);

/** One is enough, Debian's by choice; `aws-cli.test.ts` has them all. */
const [installed] = [...installedClis()].reverse();

if (!installed)
  test.skip('the AWS CLI drives each operation (not run: no AWS CLI is installed)', () =>
    undefined);

const FIXTURES = 'test/support/fixtures';
const HELLO = 'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello';
const arn = `${HELLO}:versions:1.0.0`;
const coreDeviceThingName = 'thermostats-0001';

const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
const asOption = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const Answer = z.record(z.string(), z.unknown());

const drivesEachOperation = (program: string) => () => {
  let emulator: Awaited<ReturnType<typeof startGreetingsEmulator>>;
  const driven = new Set<string>();

  beforeAll(async () => {
    emulator = await startGreetingsEmulator();
  });
  afterAll(() => emulator.close());

  /** A command with its options as the API spells them; answers what it prints. */
  async function aws(command: string, options: Record<string, unknown> = {}, service = '') {
    if (service === '') driven.add(command);
    const given = Object.entries(options).flatMap(([name, value]) => [
      `--${kebab(name)}`,
      asOption(value),
    ]);
    const args = [service || 'greengrassv2', command, ...given];
    const { stdout } = await runCli(program, emulator.url, args);
    return stdout === '' ? undefined : Answer.parse(JSON.parse(stdout));
  }

  const callsOf = (operation: string) => emulator.inspect.calls()[`Greengrass.${operation}`];

  test('components, from recipe and function to artifact', async () => {
    const inlineRecipe = `fileb://${FIXTURES}/hello-1.0.0.yaml`;
    const [hello, greet] = await Promise.all([
      aws('create-component-version', { inlineRecipe, tags: { team: 'greetings' } }),
      aws('create-component-version', {
        lambdaFunction: {
          lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:greet:3',
          componentLambdaParameters: { maxQueueSize: 10 },
        },
      }),
    ]);
    expect(hello).toMatchObject({ arn, status: { componentState: 'REQUESTED' } });
    expect(greet).toMatchObject({ componentName: 'greet', componentVersion: '3.0.0' });
    await expect(aws('create-component-version', { inlineRecipe })).rejects.toThrow(
      'An error occurred (ConflictException) when calling the CreateComponentVersion operation: ' +
        'Component [com.example.Hello : 1.0.0] for account [123456789012] already exists',
    );
    await emulator.clock.advance(10);

    const [described, got] = await Promise.all([
      aws('describe-component', { arn }),
      aws('get-component', { arn }),
    ]);
    expect(described).toMatchObject({
      description: 'Says hello — to everybody',
      status: { componentState: 'DEPLOYABLE' },
      tags: { team: 'greetings' },
    });
    const { recipe, recipeOutputFormat } = got ?? {};
    expect(recipeOutputFormat).toBe('YAML');
    expect(Buffer.from(String(recipe), 'base64').toString()).toContain(
      'Digest: N5gMM5Ud5rDkUMNwGyGb/u6TBURwX2N80RWLY4J7s5A=\n',
    );
    const [artifact, candidates] = await Promise.all([
      aws('get-component-version-artifact', { arn, artifactName: 'hello.txt' }),
      aws('resolve-component-candidates', {
        platform: { attributes: { os: 'linux' } },
        componentCandidates: [{ componentName: 'com.example.Hello', versionRequirements: {} }],
      }),
    ]);
    expect(await (await fetch(String(artifact?.['preSignedUrl']))).text()).toBe('Hello, world\n');
    expect(candidates).toMatchObject({ resolvedComponentVersions: [{ arn }] });
  });

  test('lists and tags, pages put together', async () => {
    const [components, versions] = await Promise.all([
      aws('list-components', { scope: 'PRIVATE', pageSize: 1 }),
      aws('list-component-versions', { arn: HELLO, pageSize: 1 }),
    ]);
    await aws('tag-resource', { resourceArn: arn, tags: { tongue: 'English' } });
    expect(components).toMatchObject({
      components: [
        { componentName: 'com.example.Hello' },
        { componentName: 'com.example.Thermostat' },
        { componentName: 'greet' },
      ],
    });
    expect(callsOf('ListComponents')).toBe(3);
    expect(versions).toMatchObject({ componentVersions: [{ componentVersion: '1.0.0' }] });
    await aws('untag-resource', { resourceArn: arn, tagKeys: 'team' });
    expect(await aws('list-tags-for-resource', { resourceArn: arn })).toEqual({
      tags: { tongue: 'English' },
    });
  });

  test('a deployment, from a file with every setting to its deletion', async () => {
    const cliInputJson = `file://${FIXTURES}/hello-deployment.json`;
    const deployed = await aws('create-deployment', { cliInputJson });
    const { deploymentId } = deployed ?? {};
    await emulator.clock.advance(3600);
    const { targetArn, tags } = helloDeployment;
    const [got, listed] = await Promise.all([
      aws('get-deployment', { deploymentId }),
      aws('list-deployments', { targetArn, historyFilter: 'ALL', pageSize: 1 }),
    ]);
    const { components, deploymentPolicies, iotJobConfiguration } = helloDeployment;
    expect(got).toMatchObject({ components, deploymentPolicies, iotJobConfiguration, tags });
    expect(listed).toMatchObject({ deployments: [{ deploymentId }, {}] });
    expect(callsOf('ListDeployments')).toBe(2);
    const [effective, software] = await Promise.all([
      aws('list-effective-deployments', { coreDeviceThingName, pageSize: 1 }),
      aws('list-installed-components', { coreDeviceThingName, pageSize: 1 }),
    ]);
    expect(effective).toMatchObject({
      effectiveDeployments: [
        { deploymentId, coreDeviceExecutionStatus: 'SUCCEEDED' },
        { coreDeviceExecutionStatus: 'SUCCEEDED' },
      ],
    });
    expect(callsOf('ListEffectiveDeployments')).toBe(2);
    expect(software).toMatchObject({
      installedComponents: [
        { componentName: 'aws.greengrass.Nucleus' },
        { componentName: 'com.example.Hello', componentVersion: '1.0.0', isRoot: true },
      ],
    });
    expect(callsOf('ListInstalledComponents')).toBe(2);
    expect(await aws('cancel-deployment', { deploymentId })).toEqual({ message: 'SUCCESS' });
    expect(await aws('delete-deployment', { deploymentId })).toBeUndefined();
    await expect(aws('get-deployment', { deploymentId: 'nonsense' })).rejects.toThrow(
      'An error occurred (ResourceNotFoundException) when calling the GetDeployment operation',
    );
    await expect(aws('create-deployment', { targetArn: 'nonsense' })).rejects.toThrow(
      'An error occurred (ValidationException) when calling the CreateDeployment operation: ' +
        "Value at 'targetArn' failed to satisfy constraint",
    );
  });

  test('core devices, their client devices and addresses', async () => {
    await aws('create-thing', { thingName: 'sensor' }, 'iot');
    const entries = [{ thingName: 'sensor' }, { thingName: 'ghost' }];
    const [devices, device] = await Promise.all([
      aws('list-core-devices', { status: 'HEALTHY', pageSize: 1 }),
      aws('get-core-device', { coreDeviceThingName }),
    ]);
    expect(devices?.['coreDevices']).toHaveLength(3);
    expect(callsOf('ListCoreDevices')).toBe(3);
    expect(device).toMatchObject({ coreVersion: '2.15.0', architecture: 'aarch64' });
    expect(
      await aws('batch-associate-client-device-with-core-device', { coreDeviceThingName, entries }),
    ).toMatchObject({ errorEntries: [{ thingName: 'ghost' }] });
    const list = 'list-client-devices-associated-with-core-device';
    expect(await aws(list, { coreDeviceThingName })).toMatchObject({
      associatedClientDevices: [{ thingName: 'sensor' }],
    });
    const connectivityInfo = [{ id: 'lan', hostAddress: '192.0.2.7', portNumber: 8883 }];
    await Promise.all([
      aws('batch-disassociate-client-device-from-core-device', { coreDeviceThingName, entries }),
      aws('update-connectivity-info', { thingName: coreDeviceThingName, connectivityInfo }),
    ]);
    const [addresses] = await Promise.all([
      aws('get-connectivity-info', { thingName: coreDeviceThingName }),
      aws('delete-core-device', { coreDeviceThingName: 'thermostats-0003' }),
    ]);
    expect(addresses).toMatchObject({ connectivityInfo });
  });

  test('the service role, and the end of a component', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/Greengrass';
    await Promise.all([
      aws('associate-service-role-to-account', { roleArn }),
      aws('delete-component', { arn }),
    ]);
    expect(await aws('get-service-role-for-account')).toMatchObject({ roleArn });
    await aws('disassociate-service-role-from-account');
  });

  test('that was every operation that the SDK for JavaScript has', () => {
    expect(operationNames).toHaveLength(29);
    expect([...driven].sort()).toEqual(operationNames.map(kebab).sort());
    expect(calledOperations(emulator)).toEqual(operationNames);
  });
};

if (installed) describe(installed[0], drivesEachOperation(installed[1]));
