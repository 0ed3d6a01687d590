import JagaCore
