// Validates manifests by the models of Kubernetes: validate.mjs NODE_MODULES < YAML. Prints a line for each fault.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const require = createRequire(`${folder}/`);
const { parseAllDocuments } = require('yaml');

// The Prometheus Operator's kinds are in a package of their own.
const load = ({ apiVersion, kind }) => apiVersion.startsWith('monitoring.coreos.com/')
  ? import(pathToFileURL(join(folder, '@kubernetes-models/prometheus-operator', apiVersion, `${kind}.js`)))
  : require(`kubernetes-models/${apiVersion}/${kind}`);

for (const document of parseAllDocuments(readFileSync(0, 'utf8'))) {
  const manifest = document.toJS();
  const name = `${manifest.kind} ${manifest.metadata?.name}`;
  try {
    const models = await load(manifest);
    new models[manifest.kind](manifest).validate();
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
