// Validates templates of CloudFormation: validate.mjs NODE_MODULES TEMPLATE… Prints a line for each fault, which begins
// with the template. By AWS's own specification of resources every property has to be known, of its type, and there where
// it is required; the CDK has to include the template, find what it refers to, and its default rules have to be kept.
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const [modules, ...templates] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { parseDocument } = require('yaml');
const { App, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');

// The short forms of functions: !Ref, and !Sub, !If and the like, with lists and maps.
const names = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Not', 'And', 'Or', 'Join', 'Select', 'Split', 'ImportValue', 'Condition'];
const functionOf = name => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);
const customTags = names.flatMap(name => [
  { tag: `!${name}`, resolve: text => ({ [functionOf(name)]: name === 'GetAtt' ? text.split('.') : text }) },
  ...['seq', 'map'].map(collection => ({ tag: `!${name}`, collection, resolve: node => node, identify: () => false })),
]);

function read(file) {
  const document = parseDocument(readFileSync(file, 'utf8'), { customTags, merge: false });
  if (document.errors.length > 0) {
    throw new Error(document.errors[0].message);
  }
  const convert = node => {
    if (node?.items && node.items[0]?.key !== undefined) {
      const map = Object.fromEntries(node.items.map(pair => [pair.key.value, convert(pair.value)]));
      return node.tag?.startsWith('!') ? { [functionOf(node.tag.slice(1))]: map } : map;
    }
    if (node?.items) {
      const list = node.items.map(convert);
      return node.tag?.startsWith('!') ? { [functionOf(node.tag.slice(1))]: list } : list;
    }
    return node === null ? null : node.value;
  };
  if (/[&*][A-Za-z_]+\s*$/m.test(readFileSync(file, 'utf8').replace(/#.*$/gm, '').replace(/"[^"]*"|'[^']*'/g, ''))) {
    throw new Error('CloudFormation takes no anchors and aliases');
  }
  return convert(document.contents);
}

const specification = loadAwsServiceSpecSync();

// A value that is known only when the template is deployed.
const isFunction = value => value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 1 && /^(Ref|Condition|Fn::.*)$/.test(Object.keys(value)[0]);

function* faultsOf(path, value, type) {
  if (isFunction(value)) {
    const [name, argument] = Object.entries(value)[0];
    if (name === 'Fn::If') {
      for (const branch of argument.slice(1)) {
        yield* faultsOf(path, branch, type);
      }
    }
    return;
  }
  switch (type.type) {
    case 'ref': {
      const definition = specification.get('typeDefinition', type.reference.$ref);
      yield* faultsOfProperties(path, value, definition.properties);
      break;
    }
    case 'array':
      if (!Array.isArray(value)) {
        yield `${path} is no list`;
        break;
      }
      for (const [index, item] of value.entries()) {
        yield* faultsOf(`${path}[${index}]`, item, type.element);
      }
      break;
    case 'map':
      for (const [key, item] of Object.entries(value)) {
        yield* faultsOf(`${path}.${key}`, item, type.element);
      }
      break;
    case 'union': {
      const all = type.types.map(one => [...faultsOf(path, value, one)]);
      if (all.every(faults => faults.length > 0)) {
        yield all[0][0];
      }
      break;
    }
    case 'string':
      if (typeof value !== 'string' || (type.allowedValues && !type.allowedValues.includes(value))) {
        yield `${path} is ${JSON.stringify(value)}, and no string${type.allowedValues ? ` of ${type.allowedValues.join(', ')}` : ''}`;
      }
      break;
    case 'integer':
    case 'number':
      if (typeof value !== 'number') {
        yield `${path} is ${JSON.stringify(value)}, and no number`;
      }
      break;
    case 'boolean':
      if (typeof value !== 'boolean') {
        yield `${path} is ${JSON.stringify(value)}, and neither true nor false`;
      }
      break;
    default:
  }
}

function* faultsOfProperties(path, value, properties) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    yield `${path} is no object`;
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    if (properties[name] === undefined) {
      yield `${path}.${name} is no property`;
    } else {
      yield* faultsOf(`${path}.${name}`, item, properties[name].type);
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.required && value[name] === undefined) {
      yield `${path}.${name} is missing`;
    }
  }
}

for (const file of templates) {
  const say = text => console.log(`${basename(file)}: ${text.replaceAll('\n', ' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  try {
    const template = read(file);
    for (const [name, resource] of Object.entries(template.Resources)) {
      const known = specification.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
      if (known.length === 0) {
        say(`${name}: there is no ${resource.Type}`);
      } else {
        for (const fault of faultsOfProperties(name, resource.Properties ?? {}, known[0].properties)) {
          say(fault);
        }
      }
    }
    writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
    const app = new App({ outdir: join(folder, 'out'), context: { '@aws-cdk/core:validateAgainstDefaultRules': true }, analyticsReporting: false });
    new CfnInclude(new Stack(app, 'stack'), 'template', { templateFile: join(folder, 'template.json') });
    try {
      app.synth();
    } finally {
      // Warnings stand in the report as well, and end nothing.
      const report = join(folder, 'out', 'validation-report.json');
      for (const { violations } of existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).pluginReports : []) {
        violations.forEach(violation => say(`${violation.ruleName}: ${violation.description}`));
      }
    }
  } catch (error) {
    say(error.message);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
