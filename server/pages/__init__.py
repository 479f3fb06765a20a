"""The pages, one module for each family; every module names its ``routes``."""
