public import JagaCore
