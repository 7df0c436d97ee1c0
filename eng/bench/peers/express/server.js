// Express and Sequelize, layered as such programs are: models, a service with a transaction, middleware for tokens,
// limits and validation.
'use strict';

const express = require('express');
const { rateLimit } = require('express-rate-limit');
const Joi = require('joi');
const jwt = require('jsonwebtoken');
const { DataTypes, Op, Sequelize, UniqueConstraintError } = require('sequelize');

const isSqlite = process.env.CONNECTION.startsWith('sqlite:');
const sequelize = new Sequelize(process.env.CONNECTION, { logging: false, pool: { max: 32 } });
const timestamps = { timestamps: true, updatedAt: false };

const Item = sequelize.define('Item', {
  id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
  uuid: { type: DataTypes.STRING(36), defaultValue: DataTypes.UUIDV4, allowNull: false },
  owner_id: { type: DataTypes.BIGINT, allowNull: false },
  item_type: { type: DataTypes.STRING(50), allowNull: false },
  quantity: { type: DataTypes.INTEGER, defaultValue: 1, allowNull: false },
  value: { type: DataTypes.DECIMAL(10, 2), defaultValue: 0 },
  metadata: { type: DataTypes.JSON },
  created_at_minute: { type: DataTypes.DATE },
}, { tableName: 'items', createdAt: 'created_at', ...timestamps });

const AuditLog = sequelize.define('AuditLog', {
  id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
  user_id: { type: DataTypes.BIGINT },
  action: { type: DataTypes.STRING(50), allowNull: false },
  entity_type: { type: DataTypes.STRING(50) },
  entity_id: { type: DataTypes.BIGINT },
  new_values: { type: DataTypes.JSON },
  ip_address: { type: DataTypes.STRING(45) },
}, { tableName: 'audit_logs', createdAt: 'timestamp', ...timestamps });

class DuplicationError extends Error {}

// SQLite lets one write at a time, and tells the others to come back.
let lastWrite = Promise.resolve();
function inTurn(write) {
  if (!isSqlite) {
    return write();
  }

  const own = lastWrite.then(write);
  lastWrite = own.catch(() => {});
  return own;
}

async function createItem(userId, data, ipAddress) {
  return inTurn(() => sequelize.transaction(async (transaction) => {
    const minute = new Date(Math.floor(Date.now() / 60000) * 60000);
    const existing = await Item.findOne({ where: { owner_id: userId, item_type: data.item_type, created_at_minute: minute }, transaction });
    if (existing) {
      throw new DuplicationError();
    }

    const item = await Item.create({ owner_id: userId, created_at_minute: minute, ...data }, { transaction });
    await AuditLog.create(
      { user_id: userId, action: 'CREATE', entity_type: 'item', entity_id: item.id, new_values: item.toJSON(), ip_address: ipAddress },
      { transaction });
    return item;
  }));
}

// SQLite has documents and times as text.
function documentOf(value) {
  return isSqlite && typeof value === 'string' ? JSON.parse(value) : value ?? null;
}

function timeOf(value) {
  return isSqlite && typeof value === 'string' ? new Date(value.includes('+') ? value : `${value}Z`) : value;
}

// Large numbers come as text.
function shown(item) {
  const { id, uuid, owner_id, item_type, quantity, value, metadata, created_at } = item.get();
  return {
    id: Number(id), uuid, owner_id: Number(owner_id), item_type, quantity, value: value === null ? null : Number(value),
    metadata: documentOf(metadata), created_at: timeOf(created_at),
  };
}

function authenticate(request, response, next) {
  try {
    request.user = jwt.verify((request.get('authorization') ?? '').replace(/^Bearer /, ''), process.env.JWT_SECRET, { algorithms: ['HS256'] });
    next();
  } catch {
    response.status(401).json({ title: 'Unauthorized', status: 401 });
  }
}

const createSchema = Joi.object({
  item_type: Joi.string().max(50).required(),
  quantity: Joi.number().integer(),
  value: Joi.number().precision(2).less(100000000),
  metadata: Joi.any(),
});

const items = express.Router();
items.use(authenticate, rateLimit({ windowMs: 60000, limit: 1e9, keyGenerator: (request) => request.user.sub }));

items.get('/:id', async (request, response) => {
  const item = await Item.findOne({ where: { id: request.params.id, owner_id: request.user.sub } });
  return item ? response.json(shown(item)) : response.status(404).json({ title: 'Not Found', status: 404 });
});

items.get('/', async (request, response) => {
  const limit = Number(request.query.limit ?? 50);
  const after = request.query.cursor ? Buffer.from(request.query.cursor, 'base64').readBigInt64LE() : 0n;
  const rows = await Item.findAll({ where: { owner_id: request.user.sub, id: { [Op.gt]: after.toString() } }, order: [['id', 'ASC']], limit: limit + 1 });
  let next = null;
  if (rows.length > limit) {
    rows.length = limit;
    const id = Buffer.alloc(8);
    id.writeBigInt64LE(BigInt(rows[limit - 1].id));
    next = id.toString('base64');
  }

  response.json({ items: rows.map(shown), next, previous: null });
});

items.post('/', async (request, response) => {
  const { error, value } = createSchema.validate(request.body);
  if (error) {
    return response.status(400).json({ title: 'Bad Request', status: 400, errors: { [error.details[0].path.join('.')]: [error.message] } });
  }

  try {
    const item = await createItem(request.user.sub, value, request.ip);
    return response.status(201).location(`/api/items/${item.id}`).json(shown(item));
  } catch (failure) {
    if (failure instanceof DuplicationError || failure instanceof UniqueConstraintError) {
      return response.status(429).json({ title: 'Too Many Requests', status: 429 });
    }

    throw failure;
  }
});

const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.use('/api/items', items);
app.listen(Number(process.env.PORT), '127.0.0.1');
