import { expect, test } from '@jest/globals';
import { thermostat, thermostats } from '../support/fleets.js';
import { startGithub } from '../support/github.js';
import { gdkRecipe, releasesOf } from '../support/releases.js';
import { startStack } from '../support/stack.js';
import { webhookExample } from '../support/webhook-examples.js';
import { GITHUB_SECRET, putParameters, sendGithub } from '../support/webhooks.js';

/** GitHub's own example, as it is: the tag is 0.0.1. */
const published = webhookExample('release', 'published');

const contents = '/repos/Codertocat/Hello-World/contents';

/** A repository whose release is the thermostat's. */
const repository = () =>
  startGithub({
    [`${contents}/greenwave.release.yaml?ref=0.0.1`]: `component: ${thermostat}\nrecipe: recipe.yaml\n`,
    [`${contents}/recipe.yaml?ref=0.0.1`]: gdkRecipe,
  });

test('a signed webhook ends with the new version on the fleet, once, however often it is sent', async () => {
  const github = await repository();
  // Version 0.0.1 is older than what thermostats usually have.
  const stack = await startStack(thermostats(12, { group: { deployed: {} } }));
  const { url } = stack.cloud;
  await putParameters(stack.config, 'github', { secret: GITHUB_SECRET, api: github.url });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => sendGithub(url, 'release', published)),
  );
  const releaseId = answers[0]?.body['releaseId'] ?? '';
  expect(releaseId).toMatch(/^github-[0-9a-f]{16}$/);
  for (const answer of answers) expect(answer).toEqual({ status: 202, body: { releaseId } });

  await stack.cloud.clock.idle();
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '0.0.1': 12 });
  expect(stack.cloud.calls()).toMatchObject({ 'Greengrass.CreateComponentVersion': 1 });
  const releases = releasesOf(stack);
  expect(await releases.list()).toMatchObject([{ releaseId, phase: 'Released' }]);
  const rollouts = await stack.rollouts.list('all');
  expect(rollouts.map(({ name, phase }) => ({ name, phase }))).toEqual([
    { name: 'thermostat-0.0.1', phase: 'Promoted' },
  ]);
  expect(await releases.placesOf(releaseId)).toMatchObject([{ state: 'Started' }]);

  expect(await sendGithub(url, 'release', published)).toEqual({ status: 202, body: { releaseId } });
  await stack.cloud.clock.advance(86_400);
  expect(await stack.rollouts.list('all')).toHaveLength(1);
});

test('a release whose version comes to nothing fails with what the service says of its artifacts', async () => {
  const github = await repository();
  const stack = await startStack(
    thermostats(4, {
      group: { deployed: {} },
      componentStates: [
        {
          ...{ component: thermostat, version: '0.0.1', state: 'FAILED', message: 'Not created' },
          errors: { 's3://example-bucket/thermostat.zip': 'Access Denied' },
        },
      ],
    }),
  );
  await putParameters(stack.config, 'github', { secret: GITHUB_SECRET, api: github.url });
  const { body } = await sendGithub(stack.cloud.url, 'release', published);
  await stack.cloud.clock.idle();
  const { phase, reason } = await releasesOf(stack).existing(body['releaseId'] ?? '');
  expect({ phase, reason }).toEqual({
    phase: 'Failed',
    reason: `CheckComponent could not do its work: NotDeployableError: arn:aws:greengrass:eu-west-1:123456789012:components:${thermostat}:versions:0.0.1 is FAILED Not created s3://example-bucket/thermostat.zip: Access Denied`,
  });
  expect(await stack.rollouts.list('all')).toEqual([]);
});
