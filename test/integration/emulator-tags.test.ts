import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  DeleteComponentCommand,
  DescribeComponentCommand,
  GetComponentCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-greengrassv2';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';
import { publishComponent } from '../support/publish-component.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const described = (arn: string) => aws.greengrass.send(new DescribeComponentCommand({ arn }));

test('tags come, change and go', async () => {
  await publishComponent(aws.greengrass, 'com.example.Hello', '1.0.0');
  const resourceArn =
    'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello:versions:1.0.0';
  await aws.greengrass.send(new TagResourceCommand({ resourceArn, tags: { team: 'a' } }));
  await aws.greengrass.send(new TagResourceCommand({ resourceArn, tags: { stage: 'test' } }));
  await aws.greengrass.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'none'] }));
  const { tags } = await aws.greengrass.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({ stage: 'test' });
  expect((await described(resourceArn)).tags).toEqual({ stage: 'test' });
  await aws.greengrass.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage'] }));
  expect((await described(resourceArn)).tags).toBeUndefined();
  const got = await aws.greengrass.send(new GetComponentCommand({ arn: resourceArn }));
  expect(got.tags).toEqual({});
});

test('tags go with the version, those of the component with its last one', async () => {
  const component = 'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello';
  const create = (version: string) =>
    publishComponent(aws.greengrass, 'com.example.Hello', version);
  const remove = (version: string) =>
    aws.greengrass.send(new DeleteComponentCommand({ arn: `${component}:versions:${version}` }));
  const tag = (resourceArn: string) =>
    aws.greengrass.send(new TagResourceCommand({ resourceArn, tags: { team: 'a' } }));
  const tagsOf = async (resourceArn: string) =>
    (await aws.greengrass.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  for (const version of ['1.0.0', '1.1.0']) await create(version);
  await tag(component);
  await tag(`${component}:versions:1.0.0`);
  await remove('1.0.0');
  await create('1.0.0');
  expect(await tagsOf(`${component}:versions:1.0.0`)).toEqual({});
  expect(await tagsOf(component)).toEqual({ team: 'a' });
  for (const version of ['1.0.0', '1.1.0']) await remove(version);
  await create('1.0.0');
  expect(await tagsOf(component)).toEqual({});
});

test('tags are refused for what is not there, in another account or Region, or beyond what a resource has', async () => {
  aws.addCoreDevice('a');
  const device = 'arn:aws:greengrass:eu-west-1:123456789012:coreDevices:a';
  const tag = (resourceArn: string, tags: Record<string, string>) =>
    aws.greengrass.send(new TagResourceCommand({ resourceArn, tags }));
  const missing = { name: 'ResourceNotFoundException', resourceType: 'coreDevices' };
  for (const other of [
    device.replace('eu-west-1', 'us-east-1'),
    device.replace('123456789012', '999999999999'),
    `${device}b`,
  ])
    await expect(tag(other, { team: 'a' })).rejects.toMatchObject(missing);
  const wrong = { name: 'ValidationException', fields: [{ name: 'tags' }] };
  await expect(tag(device, { 'AWS:team': 'a' })).rejects.toMatchObject(wrong);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key-${i}`, '']));
  await tag(device, many);
  await expect(tag(device, { more: '' })).rejects.toMatchObject(wrong);
  await tag(device, { 'key-1': 'again' });
});
