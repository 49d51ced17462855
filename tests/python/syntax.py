# options: --empty --rules mlflow
print("not begun")
def broken(:
    pass
