// Validates manifests by the models of Kubernetes: validate.mjs NODE_MODULES < YAML. Prints a line for each fault.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(`${process.argv[2]}/`);
const { parseAllDocuments } = require('yaml');

for (const document of parseAllDocuments(readFileSync(0, 'utf8'))) {
  const manifest = document.toJS();
  const name = `${manifest.kind} ${manifest.metadata?.name}`;
  try {
    const models = require(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`);
    new models[manifest.kind](manifest).validate();
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
