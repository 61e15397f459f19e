import ts from 'typescript';

/** Names in IAM of the clients' packages. */
const SERVICES: readonly [RegExp, string][] = [
  [/client-greengrassv2/, 'greengrass'],
  [/client-iot/, 'iot'],
  [/client-sfn/, 'states'],
  [/client-sns/, 'sns'],
  [/client-eventbridge/, 'events'],
  [/lib-dynamodb/, 'dynamodb'],
];

/** Names in IAM of operations that lib-dynamodb shortens. */
const ITEM_OPERATIONS = new Set(['Put', 'Get', 'Delete', 'Update']);

/** What powertools calls by its own classes, wherever a step uses one. */
const POWERTOOLS: Readonly<Record<string, readonly string[]>> = {
  SSMProvider: ['ssm:GetParameter'],
  DynamoDBPersistenceLayer: [
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ],
};

/** The action behind `ListDeploymentsCommand` or `paginateListDeployments`, where the symbol is one of an SDK's. */
function actionOf(symbol: ts.Symbol): string | undefined {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
  const service = SERVICES.find(([path]) => path.test(file))?.[1];
  const operation = /^(?:paginate(\w+)|(\w+)Command)$/.exec(symbol.name);
  const name = operation?.[1] ?? operation?.[2];
  if (!service || !name) return undefined;
  const isItem = service === 'dynamodb' && ITEM_OPERATIONS.has(name);
  return `${service}:${name}${isItem ? 'Item' : ''}`;
}

/**
 * The IAM actions that the step of a handler file calls: found by following, from the step, every name to what it stands for
 * in src/, down to the commands and paginators of the SDK.
 */
export function actionsOfSteps(files: readonly string[]): Map<string, string[]> {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, '.');
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();

  const symbolAt = (node: ts.Identifier) => {
    const found = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  };

  function actionsOf(step: ts.Node): string[] {
    const actions = new Set<string>();
    const seen = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || seen.has(node)) return;
      seen.add(node);
      if (ts.isIdentifier(node)) follow(node);
      ts.forEachChild(node, visit);
    };
    const follow = (name: ts.Identifier) => {
      const symbol = symbolAt(name);
      const action = symbol && actionOf(symbol);
      if (action) actions.add(action);
      for (const called of POWERTOOLS[name.text] ?? []) actions.add(called);
      for (const declaration of symbol?.declarations ?? [])
        if (/(^|\/)src\/(aws|handlers)\//.test(declaration.getSourceFile().fileName))
          enter(declaration);
    };
    const enter = (declaration: ts.Declaration) => {
      if (ts.isShorthandPropertyAssignment(declaration)) visit(declaration.name);
      else if (
        ts.isFunctionDeclaration(declaration) ||
        ts.isMethodDeclaration(declaration) ||
        ts.isPropertyAssignment(declaration) ||
        ts.isVariableDeclaration(declaration)
      )
        visit(declaration);
    };
    visit(step);
    return [...actions].sort();
  }

  /** The functions of a handler file: its step, or where src/aws has it for two of them, what makes it there. */
  const stepsIn = (source: ts.SourceFile | undefined): ts.Node[] => {
    const own = (source?.statements ?? []).filter(
      (statement) =>
        ts.isVariableStatement(statement) && !/^export const handler\b/.test(statement.getText()),
    );
    const made = (source?.statements ?? []).flatMap((statement) => {
      if (!ts.isVariableStatement(statement)) return [];
      const [handler] = statement.declarationList.declarations;
      const call = handler?.initializer;
      const step = call && ts.isCallExpression(call) ? call.arguments[1] : undefined;
      return step && ts.isCallExpression(step) ? [step.expression] : [];
    });
    return [...own, ...made];
  };

  return new Map(
    files.map((file) => {
      const steps = stepsIn(program.getSourceFile(file));
      return [file, [...new Set(steps.flatMap(actionsOf))].sort()];
    }),
  );
}
