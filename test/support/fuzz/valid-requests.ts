import type { Chance } from './fuzz-random.js';
import { ofIot, PAGE, type Known, type Make } from './valid-iot-requests.js';
import {
  component,
  componentArn,
  deployment,
  groupArn,
  lambda,
  recipe,
  thing,
  versionArn,
} from './valid-bodies.js';

/** A request before it becomes bytes: parts of the path and values of the query are not encoded yet. */
export interface FuzzRequest {
  method: string;
  path: string[];
  query: [string, string][];
  headers: Record<string, string>;
  body: unknown;
}

const greengrass = ['greengrass', 'v2'];

const core = (chance: Chance, ...rest: string[]) => [
  ...[...greengrass, 'coreDevices', thing(chance)],
  ...rest,
];

const ofGreengrass: readonly [Make, ...Make[]] = [
  (chance) => ['POST', [...greengrass, 'deployments'], deployment(chance)],
  (chance) => ['POST', [...greengrass, 'deployments'], deployment(chance)],
  (chance) => [
    'POST',
    [...greengrass, 'createComponentVersion'],
    { inlineRecipe: Buffer.from(JSON.stringify(recipe(chance))).toString('base64') },
  ],
  (chance) => [
    'POST',
    [...greengrass, 'createComponentVersion'],
    { lambdaFunction: lambda(chance) },
  ],
  (chance) => ['DELETE', [...greengrass, 'components', versionArn(chance)]],
  (chance, { deploymentIds }) => [
    'GET',
    [...greengrass, 'deployments', chance.pick(deploymentIds)],
  ],
  (chance, { deploymentIds }) => [
    'POST',
    [...greengrass, 'deployments', chance.pick(deploymentIds), 'cancel'],
  ],
  (chance, { deploymentIds }) => [
    'DELETE',
    [...greengrass, 'deployments', chance.pick(deploymentIds)],
  ],
  (chance) => ['GET', [...greengrass, 'components', versionArn(chance), 'metadata']],
  (chance) => [
    'GET',
    [...greengrass, 'components', versionArn(chance)],
    undefined,
    [['recipeOutputFormat', 'YAML']],
  ],
  (chance) => [
    'GET',
    [...greengrass, 'components', versionArn(chance), 'artifacts', 'lambda-artifact.zip'],
  ],
  (chance) => [
    'GET',
    [...greengrass, 'components', componentArn(component(chance)), 'versions'],
    undefined,
    PAGE,
  ],
  () => ['GET', [...greengrass, 'components'], undefined, [...PAGE, ['scope', 'PRIVATE']]],
  () => [
    'GET',
    [...greengrass, 'deployments'],
    undefined,
    [...PAGE, ['targetArn', groupArn('wild')], ['historyFilter', 'ALL']],
  ],
  () => [
    'GET',
    [...greengrass, 'coreDevices'],
    undefined,
    [...PAGE, ['status', 'HEALTHY'], ['thingGroupArn', groupArn('wild')]],
  ],
  (chance) => ['GET', core(chance)],
  (chance) => ['GET', core(chance, 'effectiveDeployments'), undefined, PAGE],
  (chance) => [
    'GET',
    core(chance, 'installedComponents'),
    undefined,
    [...PAGE, ['topologyFilter', 'ALL']],
  ],
  (chance) => ['GET', core(chance, 'associatedClientDevices'), undefined, PAGE],
  (chance) => [
    'POST',
    core(chance, 'associateClientDevices'),
    { entries: [{ thingName: thing(chance) }] },
  ],
  (chance) => [
    'POST',
    core(chance, 'disassociateClientDevices'),
    { entries: [{ thingName: thing(chance) }] },
  ],
  (chance) => ['DELETE', core(chance)],
  (chance) => ['POST', ['tags', versionArn(chance)], { tags: { stage: 'test' } }],
  (chance) => [
    'DELETE',
    ['tags', versionArn(chance)],
    undefined,
    [
      ['tagKeys', 'stage'],
      ['tagKeys', 'a'],
    ],
  ],
  (chance) => ['GET', ['tags', versionArn(chance)]],
  (chance) => [
    'POST',
    [...greengrass, 'resolveComponentCandidates'],
    {
      platform: { attributes: { os: 'linux', architecture: 'amd64' } },
      componentCandidates: [
        { componentName: component(chance), versionRequirements: { a: '>=1.0.0' } },
      ],
    },
  ],
  () => ['PUT', ['greengrass', 'servicerole'], { RoleArn: 'arn:aws:iam::123456789012:role/r' }],
  () => ['GET', ['greengrass', 'servicerole']],
  () => ['DELETE', ['greengrass', 'servicerole']],
  (chance) => [
    'PUT',
    ['greengrass', 'things', thing(chance), 'connectivityInfo'],
    { ConnectivityInfo: [{ Id: 'a', HostAddress: 'b', PortNumber: 1 }] },
  ],
  (chance) => ['GET', ['greengrass', 'things', thing(chance), 'connectivityInfo']],
];

const CREDENTIAL = 'AWS4-HMAC-SHA256 Credential=AKIA/20260105/eu-west-1';

/** A request that the emulator may well grant. */
export function validRequest(chance: Chance, known: Known): FuzzRequest {
  const isIot = chance.is(0.3);
  const make = chance.pick(isIot ? ofIot : ofGreengrass);
  const [method, path, body, query = []] = make(chance, known);
  return {
    method,
    path: [...path],
    query: query.map(([name, value]) => [name, value]),
    headers: {
      authorization: `${CREDENTIAL}/${isIot ? 'iot' : 'greengrass'}/aws4_request, Signature=0`,
      'content-type': 'application/json',
    },
    body,
  };
}
