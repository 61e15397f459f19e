import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  DeleteComponentCommand,
  DescribeComponentCommand,
  GetComponentVersionArtifactCommand,
  ListComponentsCommand,
  paginateListComponentVersions,
} from '@aws-sdk/client-greengrassv2';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const COMPONENT = 'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello';
const arnOf = (version: string) => `${COMPONENT}:versions:${version}`;

const recipe = (version: string, more: object = {}) =>
  Buffer.from(
    JSON.stringify({
      RecipeFormatVersion: '2020-01-25',
      ComponentName: 'com.example.Hello',
      ComponentVersion: version,
      ComponentPublisher: 'Example',
      ComponentDescription: 'Says hello',
      ComponentDependencies: { 'com.example.Base': { VersionRequirement: '^1.0.0' } },
      Manifests: [{ Platform: { os: 'linux' }, Lifecycle: { Run: 'echo hello' } }],
      ...more,
    }),
  );

const create = (inlineRecipe: Uint8Array, tags?: Record<string, string>) =>
  aws.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe, tags }));
const described = (arn: string) => aws.greengrass.send(new DescribeComponentCommand({ arn }));

test('a component version is REQUESTED, and DEPLOYABLE a few seconds later', async () => {
  const created = await create(recipe('1.0.0'));
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    arn: arnOf('1.0.0'),
    componentName: 'com.example.Hello',
    componentVersion: '1.0.0',
    creationTimestamp: new Date('2026-01-05T08:00:00Z'),
    status: { componentState: 'REQUESTED', message: 'NONE', errors: {} },
  });
  await aws.clock.advance(1);
  expect((await described(arnOf('1.0.0'))).status?.componentState).toBe('INITIATED');
  await aws.clock.advance(2);
  expect(await described(arnOf('1.0.0'))).toMatchObject({
    publisher: 'Example',
    description: 'Says hello',
    platforms: [{ attributes: { os: 'linux' } }],
    status: { componentState: 'DEPLOYABLE' },
  });
});

test('for the fleet builder a component version is DEPLOYABLE at once', () => {
  aws.controlPlane.createComponentVersion({ inlineRecipe: recipe('1.0.0') }, { atOnce: true });
  expect(aws.cloud.componentVersions.get(arnOf('1.0.0'))?.state).toBe('DEPLOYABLE');
});

test('a version is never published again', async () => {
  await create(recipe('1.0.0'));
  await expect(create(recipe('1.0.0'))).rejects.toMatchObject({
    name: 'ConflictException',
    message:
      "Component [com.example.Hello : 1.0.0] for account [123456789012] already exists and can't be created again with tags.",
    resourceId: arnOf('1.0.0'),
    resourceType: 'component',
  });
});

test('an artifact that cannot be read fails the creation', async () => {
  const Manifests = [{ Artifacts: [{ URI: 's3://bucket/hello.py' }] }];
  await expect(create(recipe('1.0.0', { Manifests }))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'Invalid Input: Encountered following errors in Artifacts: {s3://bucket/hello.py = Specified artifact resource cannot be accessed}',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a pre-signed URL downloads an artifact for a while', async () => {
  const bytes = Buffer.from('print("hello")');
  aws.cloud.artifacts.set('s3://bucket/some dir/hello.py', bytes);
  const Manifests = [{ Artifacts: [{ URI: 's3://bucket/some dir/hello.py' }] }];
  await create(recipe('1.0.0', { Manifests }));
  const { preSignedUrl = '' } = await aws.greengrass.send(
    new GetComponentVersionArtifactCommand({
      arn: arnOf('1.0.0'),
      artifactName: 'some dir/hello.py',
    }),
  );
  expect(preSignedUrl.startsWith(`${aws.url}/`)).toBe(true);
  const download = await fetch(preSignedUrl);
  expect(await download.text()).toBe('print("hello")');
  expect((await fetch(preSignedUrl.replace(/Signature=\w{8}/, 'Signature=00000000'))).status).toBe(
    403,
  );
  await aws.clock.advance(901);
  expect((await fetch(preSignedUrl)).status).toBe(403);
});

const linkTo = (artifactName: string) =>
  aws.greengrass.send(
    new GetComponentVersionArtifactCommand({
      ...{ arn: arnOf('1.0.0'), artifactName },
      ...{ s3EndpointType: 'GLOBAL', iotEndpointType: 'fips' },
    }),
  );

test('an artifact of the service is named by what follows the scheme', async () => {
  aws.cloud.artifacts.set('greengrass:digest=/hello.jar', Buffer.from('hello'));
  const Artifacts = [{ URI: 'greengrass:digest=/hello.jar' }, { URI: 'greengrass:other.jar' }];
  await create(recipe('1.0.0', { Manifests: [{ Artifacts }] }));
  const { preSignedUrl = '' } = await linkTo('digest=/hello.jar');
  expect(await (await fetch(preSignedUrl)).text()).toBe('hello');
  for (const name of ['other.jar', 'nothing.jar'])
    await expect(linkTo(name)).rejects.toMatchObject({
      ...{ name: 'ResourceNotFoundException', resourceId: name, resourceType: 'artifact' },
    });
  await aws.greengrass.send(new DeleteComponentCommand({ arn: arnOf('1.0.0') }));
  expect((await fetch(preSignedUrl)).status).toBe(404);
});

test('versions are listed with the greatest first, page by page', async () => {
  for (const version of ['1.2.0', '1.10.0', '1.9.0']) await create(recipe(version));
  const versions: (string | undefined)[] = [];
  for await (const page of paginateListComponentVersions(
    { client: aws.greengrass, pageSize: 2 },
    { arn: COMPONENT },
  ))
    versions.push(...(page.componentVersions ?? []).map((each) => each.componentVersion));
  expect(versions).toEqual(['1.10.0', '1.9.0', '1.2.0']);
  const { components } = await aws.greengrass.send(new ListComponentsCommand({}));
  expect(components).toHaveLength(1);
  expect(await aws.greengrass.send(new ListComponentsCommand({ scope: 'PUBLIC' }))).toMatchObject({
    components: [],
  });
  expect(components?.[0]).toMatchObject({
    arn: COMPONENT,
    latestVersion: { componentVersion: '1.10.0', publisher: 'Example' },
  });
});

test('a deleted version is gone', async () => {
  await create(recipe('1.0.0'));
  await aws.greengrass.send(new DeleteComponentCommand({ arn: arnOf('1.0.0') }));
  await expect(described(arnOf('1.0.0'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    resourceId: arnOf('1.0.0'),
    resourceType: 'component',
  });
});

describe('an account has room', () => {
  const fill = (each: (i: number) => object) => {
    for (let i = 0; i < 5000; i += 1)
      aws.controlPlane.createComponentVersion(
        { inlineRecipe: recipe('1.0.0', each(i)) },
        { atOnce: true },
      );
  };
  const exceeded = { name: 'ServiceQuotaExceededException', serviceCode: 'greengrass' };

  test('for 5,000 versions of a component', async () => {
    fill((i) => ({ ComponentVersion: `1.0.${i}` }));
    const refused = { ...exceeded, $metadata: { httpStatusCode: 402 } };
    await expect(create(recipe('2.0.0'))).rejects.toMatchObject({
      ...refused,
      ...{ resourceType: 'componentVersion', resourceId: arnOf('2.0.0') },
    });
    await create(recipe('1.0.0', { ComponentName: 'com.example.Other' }));
    await aws.greengrass.send(new DeleteComponentCommand({ arn: arnOf('1.0.7') }));
    await create(recipe('2.0.0'));
  });

  test('for 5,000 components', async () => {
    fill((i) => ({ ComponentName: `com.example.C${i}` }));
    await expect(create(recipe('1.0.0'))).rejects.toMatchObject({
      ...exceeded,
      resourceType: 'component',
    });
    await create(recipe('1.1.0', { ComponentName: 'com.example.C7' }));
  });
});
