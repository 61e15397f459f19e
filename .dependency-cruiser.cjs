const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed] },
});
const never = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never('no-cycles', {}, { circular: true }),
    only('domain-is-pure', '^src/domain/', [
      '^node_modules/(zod|(@types/)?semver)/',
      '^(node:)?crypto$',
    ]),
    only('workflows-know-domain-and-schemas', '^src/workflows/', [
      '^src/domain/',
      '^statemachines/',
      '^node_modules/zod/',
    ]),
    only('aws-knows-domain-and-sdk', '^src/aws/', [
      '^src/domain/',
      '^node_modules/(@aws-sdk|@aws-lambda-powertools|@types/aws-lambda|zod)/',
      '^(node:)?crypto$',
    ]),
    only('files-are-read', '^src/files/', [
      '^src/domain/',
      '^node_modules/(yaml|croner)/',
      '^(node:)?(fs|fs/promises|path)$',
    ]),
    only('webhooks-are-verified', '^src/webhooks/', [
      '^src/domain/',
      '^node_modules/(@octokit/webhooks-methods|standardwebhooks)/',
    ]),
    only('handlers-wire', '^src/handlers/', [
      '^src/(domain|workflows|aws|files|webhooks)/',
      '^node_modules/(@middy|@aws-lambda-powertools|zod|@types/aws-lambda)/',
    ]),
    never(
      'handlers-import-only-the-wrappers',
      { path: '^src/handlers/' },
      { path: '^src/handlers/', pathNot: '/(task|trigger)\\.ts$' },
    ),
    never(
      'lambda-code-never-imports-tools',
      { path: '^src/' },
      { path: '^(emulator|local|cli|console|bench|test)/' },
    ),
    never(
      'emulator-is-an-independent-oracle',
      { path: '^emulator/' },
      { path: '^(src|local|cli)/' },
    ),
    never(
      'emulator-takes-sdk-types-only',
      { path: '^emulator/', pathNot: '^emulator/wire/' },
      { path: '^node_modules/@(aws-sdk|smithy)/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'local-knows-the-emulator-by-its-entry',
      { path: '^local/' },
      { path: '^emulator/', pathNot: '^emulator/main\\.ts$' },
    ),
    never('local-never-imports-what-it-runs', { path: '^local/' }, { path: '^(src|cli)/' }),
    never('cli-uses-domain-and-aws', { path: '^cli/' }, { path: '^src/(handlers|workflows)/' }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
