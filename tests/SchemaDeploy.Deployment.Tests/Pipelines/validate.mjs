// Says what GitLab's own schema for .gitlab-ci.yml has against files: "FILE PATH MESSAGE", a line each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(join(modules, 'index.js'));
const { schema } = await import(pathToFileURL(join(modules, 'gitlab-ci-local', 'src', 'schema', 'schema.js')));
const Ajv = require('ajv');
const validate = new (Ajv.default ?? Ajv)({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
for (const file of files) {
  if (!validate(require('js-yaml').load(readFileSync(file, 'utf8')))) {
    for (const error of validate.errors) {
      console.log(`${basename(file)} ${error.instancePath} ${error.message} ${Object.values(error.params)}`);
    }
  }
}
